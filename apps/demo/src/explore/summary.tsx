import type { ReactNode } from 'react'
import { formatAmount, formatCount } from '../common/format.ts'
import { countryName } from '../data/country-name.ts'
import { ImportStrip } from '../import/import-strip.tsx'
import { WorldMap } from '../map/world-map.tsx'
import type { View } from '../view/view.ts'
import { SCOPE_TITLES } from './scope-list.tsx'
import type { Countries } from './use-countries.ts'
import styles from './summary.module.css'

interface SummaryProps {
  readonly view: View
  readonly countries: Countries
}

/** What is in view, how many, where in the world, and how far the import is. */
export function Summary({ view, countries: { counts, total } }: SummaryProps): ReactNode {
  const search = view.search.trim()
  return (
    <section className={styles.summary} aria-label="Summary">
      <div className={styles.text}>
        <h1 className={styles.title}>
          {SCOPE_TITLES[view.scope]}
          {search === '' ? null : <span className={styles.search}> “{search}”</span>}
        </h1>
        <output className={styles.total}>
          <span className={styles.number} data-pending={total === undefined}>
            {total === undefined ? '–' : formatCount(total)}
          </span>{' '}
          <span className={styles.unit}>{describeWhere(view, total, counts?.length)}</span>
        </output>
        <ImportStrip />
      </div>
      <WorldMap view={view} />
    </section>
  )
}

function describeWhere({ country }: View, total: number | undefined, countryCount = 0): string {
  const places = total === 1 ? 'place' : 'places'
  if (country !== undefined) return `${places} in ${countryName(country)}`
  return countryCount === 0 ? places : `${places} in ${formatAmount(countryCount, 'country', 'countries')}`
}
