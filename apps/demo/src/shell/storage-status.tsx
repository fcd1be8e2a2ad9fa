import type { ReactNode } from 'react'
import { useDatabaseStatus } from '@datasync/react'
import { formatBytes } from '../common/format.ts'
import { MoveStorage } from './move-storage.tsx'
import styles from './storage-status.module.css'

const BACKENDS = {
  opfs: 'Origin private file system',
  indexeddb: 'IndexedDB',
  memory: 'Memory of this tab',
} as const

/** Where the data is kept, in two words; the rest on demand. */
export function StorageStatus(): ReactNode {
  const { storage } = useDatabaseStatus()
  if (storage === undefined) return <p className={styles.opening}>Opening…</p>

  const { backend, durable, reason, persisted, quota, usage } = storage
  return (
    <>
      <button type="button" className={styles.trigger} popoverTarget="storage-details">
        <span className={styles.dot} data-durable={durable} />
        {durable ? 'Saved' : 'Not saved'}
        <span className={styles.long}> in this browser</span>
      </button>
      <div id="storage-details" popover="auto" className={styles.details}>
        <p className={styles.reason}>{reason}</p>
        <dl className={styles.facts}>
          <dt>Storage</dt>
          <dd>{BACKENDS[backend]}</dd>
          {usage === undefined || quota === undefined ? null : (
            <>
              <dt>In use</dt>
              <dd>
                {formatBytes(usage)} of {formatBytes(quota)}
              </dd>
            </>
          )}
          {persisted === undefined ? null : (
            <>
              <dt>Short of space</dt>
              <dd>{persisted ? 'The browser keeps it' : 'The browser may clear it'}</dd>
            </>
          )}
        </dl>
        {backend === 'memory' ? null : <MoveStorage backend={backend} />}
      </div>
    </>
  )
}
