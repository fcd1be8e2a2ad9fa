import type { Checksums } from './checksum.ts'
import type { ApplyingCommit, DatabaseRecord, ExtentCommit } from './extent-source.ts'
import { DataSyncError } from '../../../errors.ts'
import { fencedError } from './connection-error.ts'
import { EXTENTS, META, RECORD_KEY, STAGED } from './schema.ts'
import { digestOf, type SealedText, sealText } from './sealed-text.ts'
import { resultOf, transact } from './transaction.ts'

/** In bytes of records. */
export interface PartLimits {
  /** A commit above this is stored in parts. */
  readonly largeCommit: number
  readonly part: number
}

export const PART_LIMITS: PartLimits = { largeCommit: 8 * 1024 * 1024, part: 4 * 1024 * 1024 }

type ExtentRecords = ExtentCommit['records']

export function isLarge(commit: ExtentCommit, { largeCommit }: PartLimits): boolean {
  return bytesOf(commit.records) > largeCommit
}

/** Stores the records of a commit beside the extents, where nobody reads them yet; returns a digest a part. */
export async function stageParts(
  database: IDBDatabase,
  { epoch, commit }: DatabaseRecord,
  { records }: ExtentCommit,
  checksums: Checksums,
  limits: PartLimits,
): Promise<readonly string[]> {
  const digests: string[] = []
  for (const part of split(records, limits.part)) {
    const key = [epoch, commit, digests.length]
    await transact(database, [STAGED], 'relaxed', (transaction) => {
      transaction.objectStore(STAGED).put(part, key)
    })
    digests.push(digestOfPart(part, checksums))
  }
  return digests
}

/**
 * Moves the next part of a declared commit to its place, and notes that: what is interrupted goes on from
 * there. Returns the record as it is then.
 *
 * @throws DataSyncError `fenced`, or `corrupt` if the part is not there
 */
export async function applyNextPart(
  database: IDBDatabase,
  record: DatabaseRecord,
  applying: ApplyingCommit,
  checksums: Checksums,
): Promise<DatabaseRecord> {
  const applied = applying.applied + 1
  const after: DatabaseRecord = {
    ...record,
    applying: applied === applying.parts.length ? null : { ...applying, applied },
  }
  const [before, sealed] = [sealText(record, checksums), sealText(after, checksums)]
  const { epoch, commit, parts } = applying
  await transact(database, [META, EXTENTS, STAGED], 'relaxed', async (transaction) => {
    const meta = transaction.objectStore(META)
    const extents = transaction.objectStore(EXTENTS)
    const staged = transaction.objectStore(STAGED)
    const key = [epoch, commit, applied - 1]
    const [found, part] = await Promise.all([
      resultOf<SealedText | undefined>(meta.get(RECORD_KEY)),
      resultOf<unknown>(staged.get(key)),
    ])
    // A connection that was lost does not tell that this has been done.
    if (found?.digest === sealed.digest) return
    // Somebody else has finished it, and gone on.
    if (found?.digest !== before.digest) throw fencedError()
    if (!isPart(part) || digestOfPart(part, checksums) !== parts[applied - 1]) {
      throw new DataSyncError('corrupt', `Part ${applied} of commit ${commit} is missing or damaged.`)
    }
    for (const [extent, bytes] of part) extents.put(bytes, extent)
    staged.delete(key)
    meta.put(sealed, RECORD_KEY)
  })
  return after
}

function isPart(value: unknown): value is ExtentRecords {
  return (
    Array.isArray(value) &&
    value.every((record) => Array.isArray(record) && record.length === 2 && record[1] instanceof Uint8Array)
  )
}

/** Removes the parts of a commit that is not going to be declared. Those of another tab may have been. */
export async function dropParts(database: IDBDatabase, { epoch, commit }: DatabaseRecord): Promise<void> {
  await transact(database, [STAGED], 'relaxed', (transaction) => {
    transaction.objectStore(STAGED).delete(IDBKeyRange.bound([epoch, commit], [epoch, commit, []]))
  })
}

function split(records: ExtentRecords, size: number): readonly ExtentRecords[] {
  const parts: ExtentRecords[number][][] = []
  let room = 0
  for (const record of records) {
    if (parts.length === 0 || record[1].length > room) {
      parts.push([])
      room = size
    }
    parts.at(-1)?.push(record)
    room -= record[1].length
  }
  return parts
}

function digestOfPart(part: ExtentRecords, checksums: Checksums): string {
  const digests = part.map(([extent, bytes]) => `${extent}:${digestOf(bytes, checksums)}`)
  return digestOf(new TextEncoder().encode(digests.join(',')), checksums)
}

function bytesOf(records: ExtentRecords): number {
  return records.reduce((total, [, bytes]) => total + bytes.length, 0)
}
