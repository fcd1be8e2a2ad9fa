import { useDeferredValue, useState } from 'react'
import type { ReactNode } from 'react'
import { useMediaQuery } from '../common/use-media-query.ts'
import { LivePanel } from '../live/live-panel.tsx'
import { Footer } from '../shell/footer.tsx'
import { Header } from '../shell/header.tsx'
import { OutdatedBanner } from '../shell/outdated-banner.tsx'
import { PlaceTable } from '../table/place-table.tsx'
import { useView } from '../view/use-view.ts'
import { Sidebar } from './sidebar.tsx'
import { Summary } from './summary.tsx'
import { Toolbar } from './toolbar.tsx'
import { useCountries } from './use-countries.ts'
import styles from './explorer.module.css'

export function Explorer(): ReactNode {
  const [view, changeView] = useView()
  // The box shows every letter at once; the queries may lag behind it.
  const shownView = useDeferredValue(view)
  const countries = useCountries(shownView)
  const [isPanelOpen, setPanelOpen] = useState(false)
  const hasSidebar = useMediaQuery('(width >= 1024px)')

  const filterProps = { view, countries, onChange: changeView }
  return (
    <div className={styles.page}>
      <OutdatedBanner />
      <Header search={view.search} onSearch={(search) => changeView({ search })} />
      {hasSidebar ? <Sidebar {...filterProps} /> : null}
      <main className={styles.main}>
        <PlaceTable view={shownView} total={countries.total} onChange={changeView}>
          <Summary view={shownView} countries={countries} />
          {hasSidebar ? null : <Toolbar {...filterProps} />}
        </PlaceTable>
      </main>
      {isPanelOpen ? <LivePanel onClose={() => setPanelOpen(false)} /> : null}
      <Footer isPanelOpen={isPanelOpen} onTogglePanel={() => setPanelOpen(!isPanelOpen)} />
    </div>
  )
}
