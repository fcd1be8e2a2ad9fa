import type { ReactNode } from 'react'
import { DataSyncError } from '@datasync/engine'
import { Icon } from '../common/icon.tsx'
import styles from './notice.module.css'

interface NoticeProps {
  readonly title: string
  readonly error: Error | undefined
  readonly onDismiss: () => void
}

/** Something that went wrong while the page as a whole works: what, and what to do about it. */
export function Notice({ title, error, onDismiss }: NoticeProps): ReactNode {
  return (
    <div role="alert">
      {error === undefined ? null : (
        <div className={styles.notice}>
          <p>
            <strong>{title}</strong> {error instanceof DataSyncError ? error.remedy : error.message}
          </p>
          <button type="button" className="icon-button" aria-label="Dismiss" onClick={onDismiss}>
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  )
}
