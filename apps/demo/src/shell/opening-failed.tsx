import type { ReactNode } from 'react'
import type { DataSyncError, ErrorCode } from '@datasync/engine'
import { describeError } from '../common/describe-error.ts'
import { Wordmark } from './wordmark.tsx'
import styles from './opening-failed.module.css'

interface Words {
  readonly title: string
  readonly action: string
}

/** What is said where there is more to say than that it did not open. */
const WORDS: Partial<Record<ErrorCode, Words>> = {
  deleted: { title: 'Everything was deleted in another tab', action: 'Begin anew' },
  'host-unresponsive': { title: 'Another tab does not react', action: 'Try again' },
  outdated: { title: 'A new version of Gazetteer is here', action: 'Reload the page' },
}
const OTHER: Words = { title: 'The database could not be opened', action: 'Reload the page' }

/** In place of the page when there is no database: what happened, and what to do about it. */
export function OpeningFailed({ error }: { readonly error: DataSyncError }): ReactNode {
  const { title, action } = WORDS[error.code] ?? OTHER
  return (
    <main className={styles.page}>
      <div className={styles.card} role="alert">
        <Wordmark />
        <h1 className={styles.title}>{title}</h1>
        <p className={styles.remedy}>{describeError(error)}</p>
        <p className={styles.message}>
          {error.sentence} <code className={styles.code}>{error.code}</code>
        </p>
        <p className={styles.actions}>
          <button type="button" className="button button-primary" onClick={() => location.reload()}>
            {action}
          </button>
        </p>
      </div>
    </main>
  )
}
