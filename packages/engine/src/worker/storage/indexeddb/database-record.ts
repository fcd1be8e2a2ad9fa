import type { Checksums } from './checksum.ts'
import type { CreationOptions, DatabaseRecord } from './extent-source.ts'
import { DataSyncError } from '../../../errors.ts'
import { BLOCK_SIZE } from '../block-size.ts'
import { EXTENTS, FORMAT, LOG, META, RECORD_KEY } from './schema.ts'
import { openSealed } from './sealed-text.ts'
import { resultOf, transact } from './transaction.ts'

export function createRecord({ blocksPerExtent, checksum }: CreationOptions): DatabaseRecord {
  const now = Date.now()
  return {
    format: FORMAT,
    id: crypto.randomUUID(),
    commit: 0,
    epoch: 0,
    size: 0,
    blockSize: BLOCK_SIZE,
    blocksPerExtent,
    checksum,
    codec: 'none',
    keyId: null,
    createdAt: now,
    updatedAt: now,
    warm: [],
    applying: null,
  }
}

/**
 * The record of a database; undefined if there is none, and nothing else either.
 *
 * @throws DataSyncError `corrupt` or `format-newer`
 */
export async function readRecord(
  database: IDBDatabase,
  checksums: Checksums,
): Promise<DatabaseRecord | undefined> {
  const [sealed, newest, anyExtent] = await transact(
    database,
    [META, LOG, EXTENTS],
    'readonly',
    (transaction) =>
      Promise.all([
        resultOf<unknown>(transaction.objectStore(META).get(RECORD_KEY)),
        resultOf(transaction.objectStore(LOG).openKeyCursor(null, 'prev')),
        // To count them, a browser walks through all.
        resultOf(transaction.objectStore(EXTENTS).getKey(IDBKeyRange.lowerBound(0))),
      ]),
  )
  const commit = newest?.key
  if (sealed === undefined && commit === undefined && anyExtent === undefined) return undefined
  const record = openSealed(sealed, checksums)
  if (!isRecord(record)) throw corrupt('the record of the database is missing or damaged')
  if (record.format > FORMAT || record.codec !== 'none' || record.keyId !== null) {
    throw new DataSyncError('format-newer', 'The database was stored by a newer version of DataSync.')
  }
  if (commit !== record.commit) {
    throw corrupt(`its newest commit is ${record.commit}, but its log ends with ${JSON.stringify(commit)}`)
  }
  return record
}

function isRecord(value: unknown): value is DatabaseRecord {
  return typeof value === 'object' && value !== null && 'commit' in value && 'blocksPerExtent' in value
}

function corrupt(reason: string): DataSyncError {
  return new DataSyncError('corrupt', `The stored database is damaged: ${reason}.`)
}
