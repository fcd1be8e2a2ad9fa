import { DataSyncError } from '../../../errors.ts'
import { loadChecksums } from './checksum.ts'
import { databaseNameOf } from './schema.ts'
import { openCommitWitness } from './commit-witness.ts'

/** Milliseconds that another tab may take to let go of the database. */
const PATIENCE = 4000

/** Removes what is stored of a database under this folder name, and what witnesses it. */
export async function deleteStored(folder: string): Promise<void> {
  // Forgotten first: a witness of a database that was deleted on purpose would speak of a loss.
  const witness = await openCommitWitness(folder, await loadChecksums())
  await witness?.forget()
  await deleteDatabase(databaseNameOf(folder))
}

/**
 * Removes an IndexedDB database, if there is one.
 *
 * @throws DataSyncError `database-in-use` or `storage-unavailable`
 */
function deleteDatabase(name: string): Promise<void> {
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
