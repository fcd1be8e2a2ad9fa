import { DataSyncError } from '@datasync/engine'
import type { OldDatabase, OldAccess } from './old-database.ts'

/** Gives up on what waits for a lock of the old library. `giveUp` lets go of what was asked for. */
export async function withinTimeout<Result>(
  waiting: Promise<Result>,
  old: Pick<OldDatabase, 'label'>,
  { timeout }: Pick<OldAccess, 'timeout'>,
  giveUp: (reason: DataSyncError) => void,
): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const reason = new DataSyncError('import-in-use', `The ${old.label} is held by the old library.`)
      reject(reason)
      giveUp(reason)
    }, timeout)
  })
  // What it says after that is of no interest.
  waiting.catch(() => undefined)
  return Promise.race([waiting, late]).finally(() => clearTimeout(timer))
}
