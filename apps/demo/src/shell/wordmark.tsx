import type { ReactNode } from 'react'
import styles from './wordmark.module.css'

export function Wordmark(): ReactNode {
  return (
    <p className={styles.wordmark}>
      <svg aria-hidden="true" className={styles.mark} viewBox="0 0 32 32">
        <circle cx="16" cy="16" r="11" />
        <path d="M5 16h22M16 5c6.3 6.3 6.3 15.7 0 22M16 5c-6.3 6.3-6.3 15.7 0 22" />
      </svg>
      Gazetteer
    </p>
  )
}
