import type { ReactNode } from 'react'
import { describeError } from '../common/describe-error.ts'
import { Icon } from '../common/icon.tsx'
import styles from './notice.module.css'

interface NoticeProps {
  readonly title: string
  /** `undefined` for none. */
  readonly error: unknown
  readonly onDismiss: () => void
}

/** Something that went wrong while the page as a whole works: what, and what to do about it. */
export function Notice({ title, error, onDismiss }: NoticeProps): ReactNode {
  return (
    <div role="alert">
      {error === undefined ? null : (
        <div className={styles.notice}>
          <p>
            <strong>{title}</strong> {describeError(error)}
          </p>
          <button type="button" className="icon-button" aria-label="Dismiss" onClick={onDismiss}>
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  )
}
