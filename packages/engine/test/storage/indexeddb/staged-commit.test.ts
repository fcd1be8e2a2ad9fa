import { expect, test } from 'vitest'
import { createRecord } from '../../../src/worker/storage/indexeddb/database-record.ts'
import type {
  ApplyingCommit,
  DatabaseRecord,
  ExtentCommit,
} from '../../../src/worker/storage/indexeddb/extent-source.ts'
import { connect } from '../../../src/worker/storage/indexeddb/connect.ts'
import { META, RECORD_KEY, STAGED } from '../../../src/worker/storage/indexeddb/schema.ts'
import { sealText } from '../../../src/worker/storage/indexeddb/sealed-text.ts'
import {
  applyNextPart,
  dropParts,
  isLarge,
  PART_LIMITS,
  stageParts,
} from '../../../src/worker/storage/indexeddb/staged-commit.ts'
import { change, imageOf } from './indexeddb-image.ts'
import { checksums } from './open-stored-files.ts'
import { useFakeIndexedDb } from './use-fake-indexeddb.ts'

useFakeIndexedDb()

const limits = { largeCommit: 100, part: 100 }

function commitOf(sizes: readonly number[]): ExtentCommit {
  const records = sizes.map((size, extent) => [extent, new Uint8Array(size).fill(extent + 1)] as const)
  return { commit: 5, size: 0, records, extentCount: sizes.length, durability: 'strict' }
}

interface Declared {
  readonly database: IDBDatabase
  readonly record: DatabaseRecord
  readonly applying: ApplyingCommit
}

/** A database with a commit whose three parts wait to be moved. */
async function declare(): Promise<Declared> {
  const database = await connect('shop', false)
  const before = { ...createRecord({ blocksPerExtent: 1, checksum: 'xxhash64' }), commit: 5, epoch: 2 }
  const parts = await stageParts(database, before, commitOf([60, 60, 30, 100]), checksums, limits)
  const applying = { epoch: 2, commit: 5, parts, applied: 0 }
  const record = { ...before, applying }
  await storeRecord(record)
  return { database, record, applying }
}

async function storeRecord(record: DatabaseRecord): Promise<void> {
  await change('shop', (transaction) => {
    transaction.objectStore(META).put(sealText(record, checksums), RECORD_KEY)
  })
}

async function extentsIn(): Promise<readonly unknown[]> {
  return (await imageOf('shop')).get('extents')?.map(([extent]) => extent) ?? []
}

test('a commit is stored in parts if it is larger than 8 MiB', () => {
  expect(isLarge(commitOf([4 * 1024 * 1024, 4 * 1024 * 1024]), PART_LIMITS)).toBe(false)
  expect(isLarge(commitOf([4 * 1024 * 1024, 4 * 1024 * 1024, 1]), PART_LIMITS)).toBe(true)
})

test('parts are as large as they may be, in the order of the commit, and moved one after another', async () => {
  const { database, record, applying } = await declare()
  expect(applying.parts.length).toBe(3)
  expect(await extentsIn()).toEqual([])
  const first = await applyNextPart(database, record, applying, checksums)
  expect(first.applying).toEqual({ ...applying, applied: 1 })
  expect(await extentsIn()).toEqual([0])
  const second = await applyNextPart(database, first, first.applying ?? applying, checksums)
  expect(await extentsIn()).toEqual([0, 1, 2])
  const third = await applyNextPart(database, second, second.applying ?? applying, checksums)
  expect(third.applying).toBe(null)
  const image = await imageOf('shop')
  expect(await extentsIn()).toEqual([0, 1, 2, 3])
  expect([image.get(STAGED), image.get(META)]).toEqual([[], [[RECORD_KEY, sealText(third, checksums)]]])
  database.close()
})

test('a part whose end was not heard of is not moved again', async () => {
  const { database, record, applying } = await declare()
  const first = await applyNextPart(database, record, applying, checksums)
  const before = await imageOf('shop')
  expect(await applyNextPart(database, record, applying, checksums)).toEqual(first)
  expect(await imageOf('shop')).toEqual(before)
  database.close()
})

test('parts that somebody else has moved are left alone', async () => {
  const { database, record, applying } = await declare()
  await storeRecord({ ...record, applying: null, commit: 6, epoch: 3 })
  const before = await imageOf('shop')
  await expect(applyNextPart(database, record, applying, checksums)).rejects.toMatchObject({ code: 'fenced' })
  expect(await imageOf('shop')).toEqual(before)
  database.close()
})

test.each([
  ['gone', (staged: IDBObjectStore) => staged.delete([2, 5, 0])],
  ['another one', (staged: IDBObjectStore) => staged.put([[0, new Uint8Array(60)]], [2, 5, 0])],
  ['of another place', (staged: IDBObjectStore) => staged.put([[1, new Uint8Array(60).fill(1)]], [2, 5, 0])],
  ['nothing like it', (staged: IDBObjectStore) => staged.put('text', [2, 5, 0])],
] as const)('a part that is %s is refused, and nothing is moved', async (_, damage) => {
  const { database, record, applying } = await declare()
  await change('shop', (transaction) => void damage(transaction.objectStore(STAGED)))
  const before = await imageOf('shop')
  await expect(applyNextPart(database, record, applying, checksums)).rejects.toMatchObject({
    code: 'corrupt',
  })
  expect(await imageOf('shop')).toEqual(before)
  database.close()
})

test('only the parts of one commit are dropped', async () => {
  const { database, record } = await declare()
  for (const [epoch, commit] of [
    [1, 5],
    [2, 4],
    [2, 6],
    [3, 5],
  ] as const) {
    await stageParts(database, { ...record, epoch, commit }, commitOf([10]), checksums, limits)
  }
  await dropParts(database, record)
  const keys = (await imageOf('shop')).get(STAGED)?.map(([key]) => key)
  expect(keys).toEqual([
    [1, 5, 0],
    [2, 4, 0],
    [2, 6, 0],
    [3, 5, 0],
  ])
  database.close()
})
