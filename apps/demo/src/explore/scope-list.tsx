import type { ReactNode } from 'react'
import { formatCount } from '../common/format.ts'
import { Icon } from '../common/icon.tsx'
import type { IconName } from '../common/icon.tsx'
import { SCOPES } from '../view/view.ts'
import type { Scope } from '../view/view.ts'
import { useTotals } from './use-totals.ts'
import styles from './scope-list.module.css'

export const SCOPE_TITLES: Readonly<Record<Scope, string>> = {
  all: 'All places',
  favourites: 'Favourites',
  notes: 'With notes',
}

const SCOPE_ICONS: Readonly<Record<Scope, IconName>> = { all: 'globe', favourites: 'star', notes: 'note' }

interface ScopeListProps {
  readonly value: Scope
  readonly onChange: (scope: Scope) => void
}

/** Radio buttons: one stop of the Tab key, the arrows choose. */
export function ScopeList({ value, onChange }: ScopeListProps): ReactNode {
  const totals = useTotals()
  return (
    <fieldset className={styles.list}>
      <legend className="visually-hidden">Show</legend>
      {SCOPES.map((scope) => (
        <label key={scope} className={styles.item}>
          <input
            type="radio"
            name="scope"
            className="cover"
            checked={scope === value}
            onChange={() => onChange(scope)}
          />
          <Icon name={SCOPE_ICONS[scope]} />
          <span className={styles.title}>{SCOPE_TITLES[scope]}</span>
          <span className={styles.total}>{formatTotal(totals[scope])}</span>
        </label>
      ))}
    </fieldset>
  )
}

function formatTotal(total: number | undefined): string {
  return total === undefined ? '' : formatCount(total)
}
