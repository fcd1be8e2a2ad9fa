import type { ReactNode } from 'react'
import { useMediaQuery } from '../common/use-media-query.ts'
import { CountrySelect } from './country-select.tsx'
import type { FilterProps } from './filter-props.ts'
import { ScopeList } from './scope-list.tsx'
import { SortSelect } from './sort-select.tsx'
import styles from './toolbar.module.css'

/** The filters where there is no room for a sidebar, and the order where the table has no head. */
export function Toolbar({ view, countries, onChange }: FilterProps): ReactNode {
  const isNarrow = useMediaQuery('(width < 720px)')
  return (
    <nav className={styles.toolbar} aria-label="Filters">
      <ScopeList value={view.scope} onChange={(scope) => onChange({ scope })} />
      <CountrySelect
        value={view.country}
        counts={countries.counts}
        onChange={(country) => onChange({ country })}
      />
      {isNarrow ? <SortSelect value={view.sort} onChange={(sort) => onChange({ sort })} /> : null}
    </nav>
  )
}
