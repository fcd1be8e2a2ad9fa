import type { Checksums } from './checksum.ts'
import type { DatabaseRecord, ExtentCommit } from './extent-source.ts'
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
 * Moves the parts of a declared commit to their places, one a transaction, each of which notes how far
 * this has come: what is interrupted goes on at the next opening. Returns the record as it is then.
 */
export async function applyParts(
  database: IDBDatabase,
  declared: DatabaseRecord,
  checksums: Checksums,
): Promise<DatabaseRecord> {
  let record = declared
  for (let { applying } = record; applying !== null; { applying } = record) {
    const before = sealText(record, checksums).digest
    const applied = applying.applied + 1
    const after: DatabaseRecord = {
      ...record,
      applying: applied === applying.parts.length ? null : { ...applying, applied },
    }
    const { epoch, commit, parts } = applying
    await transact(database, [META, EXTENTS, STAGED], 'relaxed', async (transaction) => {
      const meta = transaction.objectStore(META)
      const extents = transaction.objectStore(EXTENTS)
      const staged = transaction.objectStore(STAGED)
      const key = [epoch, commit, applied - 1]
      const [found, part] = await Promise.all([
        resultOf<SealedText | undefined>(meta.get(RECORD_KEY)),
        resultOf<ExtentRecords | undefined>(staged.get(key)),
      ])
      // Somebody else has finished it, and gone on.
      if (found?.digest !== before) throw fencedError()
      if (part === undefined || digestOfPart(part, checksums) !== parts[applied - 1]) {
        throw new DataSyncError('corrupt', `Part ${applied} of commit ${commit} is missing or damaged.`)
      }
      for (const [extent, bytes] of part) extents.put(bytes, extent)
      staged.delete(key)
      meta.put(sealText(after, checksums), RECORD_KEY)
    })
    record = after
  }
  return record
}

/** Parts of commits that were never declared, or are moved: nothing refers to them. */
export async function dropStrayParts(database: IDBDatabase): Promise<void> {
  const count = await transact(database, [STAGED], 'readonly', (transaction) =>
    resultOf(transaction.objectStore(STAGED).count()),
  )
  if (count === 0) return
  await transact(database, [STAGED], 'relaxed', (transaction) => {
    transaction.objectStore(STAGED).clear()
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
