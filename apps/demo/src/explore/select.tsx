import type { ReactNode } from 'react'
import { Icon } from '../common/icon.tsx'
import styles from './select.module.css'

interface SelectProps {
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly onChange: (value: string) => void
}

/** The system's own picker, which phones do best, in the dress of the page. */
export function Select({ label, value, options, onChange }: SelectProps): ReactNode {
  return (
    <span className={styles.select}>
      <select aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon name="chevron" />
    </span>
  )
}
