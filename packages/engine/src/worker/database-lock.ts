import type { LockRequest } from '../link/protocol.ts'
import { databaseLock } from '../tabs/tab-names.ts'
import { DataSyncError } from '../errors.ts'
import { occupy } from './hosting/occupy.ts'

/** How long a page that was just left, or reloaded, may take to let go of its database, in milliseconds. */
const PATIENCE = 4000

export interface DatabaseLock {
  /** Other tabs are answered by the one that hosts from now on. */
  share(): void
  release(): void
}

/**
 * The right to use the files of a database, which one worker of the origin has at a time. `answer` is what
 * tabs are told that seek a host; `lost` is called if another tab takes the right.
 */
export async function acquireDatabaseLock(
  name: string,
  request: LockRequest,
  answer: 'alive' | 'occupied',
  lost: () => void = () => undefined,
): Promise<DatabaseLock> {
  if (!('locks' in navigator)) {
    throw new DataSyncError(
      'storage-unavailable',
      'There are no locks here, by which tabs take turns: the page did not come by HTTPS, or the browser is old.',
    )
  }
  return new Promise((resolve, reject) => {
    let isHeld = false
    const hold = (): Promise<void> =>
      new Promise((release) => {
        isHeld = true
        const vacate = occupy(name, answer)
        resolve({
          share: vacate,
          release() {
            vacate()
            release()
          },
        })
      })
    navigator.locks.request(databaseLock(name), lockOptions(request), hold).catch(() => {
      if (isHeld) lost()
      else reject(new DataSyncError('database-in-use', `The database "${name}" is open in another tab.`))
    })
  })
}

function lockOptions(request: LockRequest): LockOptions {
  if (request === 'steal') return { steal: true }
  return request === 'hurry' ? { signal: AbortSignal.timeout(PATIENCE) } : {}
}
