import type { ReactNode } from 'react'
import { Icon } from '../common/icon.tsx'
import { LiveQueryRow } from './live-query-row.tsx'
import { StorageMetrics } from './storage-metrics.tsx'
import { TabRole } from './tab-role.tsx'
import { useLiveQueries } from './use-live-queries.ts'
import { useStorageMetrics } from './use-storage-metrics.ts'
import styles from './live-panel.module.css'

/** Each live query of the page: how often it ran, how long it took, and why; which tab runs them, and what the storage does. */
export function LivePanel({ onClose }: { readonly onClose: () => void }): ReactNode {
  const reports = useLiveQueries()
  const metrics = useStorageMetrics()
  return (
    <section id="live-panel" className={styles.panel} aria-labelledby="live-title">
      <div className={styles.head}>
        <h2 id="live-title" className={styles.title}>
          Live queries
        </h2>
        <p className={styles.lead}>
          A commit runs those that it can matter to, and follows the rows that it changed where it can.
        </p>
        <button type="button" className="icon-button" aria-label="Close the panel" onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <div className={styles.scroller}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Query</th>
              <th scope="col">Runs</th>
              <th scope="col">Rows</th>
              <th scope="col">Last</th>
              <th scope="col">Mean</th>
              <th scope="col">Why it last ran</th>
            </tr>
          </thead>
          <tbody>
            {reports.map((report) => (
              <LiveQueryRow key={`${report.sql} ${JSON.stringify(report.parameters)}`} report={report} />
            ))}
          </tbody>
        </table>
      </div>
      <TabRole metrics={metrics} />
      <StorageMetrics metrics={metrics} />
    </section>
  )
}
