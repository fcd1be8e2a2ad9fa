import type { ReactNode } from 'react'
import type { DataSyncError } from '@datasync/engine'
import { Wordmark } from './wordmark.tsx'
import styles from './opening-failed.module.css'

/** In place of the page when there is no database: what happened, and what to do about it. */
export function OpeningFailed({ error }: { readonly error: DataSyncError }): ReactNode {
  const isElsewhere = error.code === 'database-in-use'
  const [message] = error.message.split('\n')
  return (
    <main className={styles.page}>
      <div className={styles.card} role="alert">
        <Wordmark />
        <h1 className={styles.title}>
          {isElsewhere ? 'Gazetteer is open in another tab' : 'The database could not be opened'}
        </h1>
        <p className={styles.remedy}>{error.remedy}</p>
        <p className={styles.message}>
          {message} <code className={styles.code}>{error.code}</code>
        </p>
        <p className={styles.actions}>
          <button type="button" className="button button-primary" onClick={() => location.reload()}>
            Reload the page
          </button>
        </p>
      </div>
    </main>
  )
}
