import { useState } from 'react'
import type { ReactNode } from 'react'
import type { StorageMetrics } from '@datasync/engine'
import { useDatabaseStatus } from '@datasync/react'
import { formatAmount } from '../common/format.ts'
import styles from './tab-role.module.css'

const TITLES = { host: 'Host', guest: 'Guest' } as const

/** Whether SQLite runs in this tab or in another one, and why. */
export function TabRole({ metrics }: { readonly metrics: StorageMetrics | undefined }): ReactNode {
  const { role } = useDatabaseStatus()
  const [firstRole] = useState(role?.kind)
  const guests = metrics?.host?.guests
  return (
    <div className={styles.strip}>
      <output aria-label="This tab" className={styles.role}>
        {role === undefined ? null : (
          <>
            {/* Another key is another element, whose animation begins anew. */}
            <strong
              key={role.kind}
              className={styles.kind}
              data-kind={role.kind}
              data-changed={role.kind !== firstRole}
            >
              {TITLES[role.kind]}
            </strong>{' '}
            <span className={styles.reason}>{role.reason}</span>
          </>
        )}
      </output>
      <p className={styles.tabs}>{guests === undefined ? '' : formatAmount(guests + 1, 'tab', 'tabs')}</p>
    </div>
  )
}
