import type { ReactNode } from 'react'
import { CountryList } from './country-list.tsx'
import type { FilterProps } from './filter-props.ts'
import { ScopeList } from './scope-list.tsx'
import styles from './sidebar.module.css'

export function Sidebar({ view, countries, onChange }: FilterProps): ReactNode {
  return (
    <nav className={styles.sidebar} aria-label="Filters">
      <div className={styles.scopes}>
        <ScopeList value={view.scope} onChange={(scope) => onChange({ scope })} />
      </div>
      <CountryList
        value={view.country}
        counts={countries.counts}
        onChange={(country) => onChange({ country })}
      />
    </nav>
  )
}
