import { DataSyncError } from '../../../errors.ts'

/** Milliseconds that another tab may take to let go of the database. */
const PATIENCE = 4000

/**
 * Removes an IndexedDB database, if there is one.
 *
 * @throws DataSyncError `database-in-use` or `storage-unavailable`
 */
export function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new DataSyncError('database-in-use', `Another tab keeps ${name} from being deleted.`)),
      PATIENCE,
    )
    const request = indexedDB.deleteDatabase(name)
    request.addEventListener('success', () => {
      clearTimeout(timer)
      resolve()
    })
    request.addEventListener('error', () => {
      clearTimeout(timer)
      const reason = request.error?.message ?? 'no reason given'
      reject(new DataSyncError('storage-unavailable', `${name} could not be deleted: ${reason}`))
    })
  })
}
