import { IDBFactory } from 'fake-indexeddb'
import { expect, test, vi } from 'vitest'
import { BlockCache } from '../../../src/worker/storage/indexeddb/block-cache.ts'
import type { ExtentCommit, ExtentSource } from '../../../src/worker/storage/indexeddb/extent-source.ts'
import { ExtentDatabase } from '../../../src/worker/storage/indexeddb/extent-database.ts'
import type { StoredFiles } from '../../../src/worker/storage/indexeddb/stored-files.ts'
import { addItems, countItems, createItems, integrity, mount, open, openWal } from '../sqlite-fixture.ts'
import { afterWriteOf } from './after-write-of.ts'
import { change, type Image, imageOf } from './indexeddb-image.ts'
import { FaultyIndexedDb } from './faulty-indexeddb.ts'
import { checksums, openFilesOf, openStoredFiles } from './open-stored-files.ts'
import { useFakeIndexedDb } from './use-fake-indexeddb.ts'

useFakeIndexedDb()

const limits = { largeCommit: 100_000, part: 40_000 }
const creation = { blocksPerExtent: 1, checksum: 'xxhash64' }

async function openSource(): Promise<ExtentDatabase> {
  const source = new ExtentDatabase('shop', checksums, false, limits)
  await source.open(creation, () => false)
  return source
}

/** A commit of records that tell who made it. */
function commitOf(commit: number, count: number, by: number): ExtentCommit {
  return {
    commit,
    size: count * 4096,
    records: Array.from({ length: count }, (_, extent) => [extent, new Uint8Array(5000).fill(by)] as const),
    extentCount: count,
    durability: 'strict',
  }
}

async function authorsOf(source: ExtentSource, count: number): Promise<ReadonlySet<number | undefined>> {
  const found = await source.read(Array.from({ length: count }, (_, extent) => extent))
  return new Set([...found.values()].map((record) => record[0]))
}

async function rowsIn(files: StoredFiles): Promise<unknown> {
  const database = open(mount(files))
  const rows = countItems(database)
  expect(integrity(database)).toBe('ok')
  database.close()
  return rows
}

test('the next commit of one that was overtaken is refused, and changes nothing', async () => {
  const older = await openStoredFiles('shop')
  const database = openWal(mount(older))
  createItems(database, 100)
  await older.flush()
  const newer = await openStoredFiles('shop')
  const before: Image = await imageOf('shop')
  addItems(database, 10)
  await expect(older.flush()).rejects.toMatchObject({ code: 'fenced' })
  await expect(older.flush()).rejects.toMatchObject({ code: 'fenced' })
  expect(await imageOf('shop')).toEqual(before)

  const successor = openWal(mount(newer))
  addItems(successor, 1)
  await newer.flush()
  expect(await rowsIn(await openStoredFiles('shop'))).toBe(101)
  successor.close()
  database.close()
})

test.each([3, 30])(
  'of two that open it at once, both are let in, and one may write (%i blocks)',
  async (count) => {
    const sources = [0, 1].map(() => new ExtentDatabase('shop', checksums, false, limits))
    const opened = await Promise.all(sources.map((source) => source.open(creation, () => false)))
    const numbers = opened.map(({ record }) => record.commit)
    expect(new Set(numbers)).toEqual(new Set([1, 2]))
    const results = await Promise.allSettled(
      sources.map((source, index) => source.commit(commitOf((numbers[index] ?? 0) + 1, count, index))),
    )
    const winner = numbers.indexOf(2)
    expect(results[winner]).toMatchObject({ status: 'fulfilled' })
    expect(results[1 - winner]).toMatchObject({ status: 'rejected', reason: { code: 'fenced' } })
    expect(await authorsOf(await openSource(), count)).toEqual(new Set([winner]))
  },
)

test.each([3, 30])(
  'a commit of %i blocks beside an opening is either seen by it or refused',
  async (count) => {
    const outcomes = new Set<string>()
    for (let delay = -60; delay < 30; delay += 2) {
      vi.stubGlobal('indexedDB', new IDBFactory())
      const older = await openSource()
      const waiting = pause(Math.max(0, delay)).then(() => older.commit(commitOf(2, count, 1)))
      const newer = new ExtentDatabase('shop', checksums, false, limits)
      const [committed, opening] = await Promise.allSettled([
        waiting,
        pause(Math.max(0, -delay)).then(() => newer.open(creation, () => true)),
      ])
      if (opening.status === 'rejected') throw opening.reason
      const isKept = committed.status === 'fulfilled'
      if (!isKept) expect(committed.reason).toMatchObject({ code: 'fenced' })
      expect(opening.value.record.commit).toBe(isKept ? 3 : 2)
      expect(opening.value.extents.size).toBe(isKept ? count : 0)
      expect(await authorsOf(newer, count)).toEqual(new Set(isKept ? [1] : []))
      await newer.commit(commitOf(isKept ? 4 : 3, count, 2))
      expect(await authorsOf(await openSource(), count)).toEqual(new Set([2]))
      outcomes.add(committed.status)
    }
    expect(outcomes.size).toBe(2)
  },
)

test.each([
  ['its parts are being stored', 'staged', 'put', false],
  ['it was declared', 'log', 'add', true],
  ['its parts are being moved', 'extents', 'put', true],
] as const)('one that is overtaken while %s does no harm', async (_, store, method, isKept) => {
  const older = await openSource()
  await older.commit(commitOf(2, 30, 1))
  let newer: Promise<ExtentDatabase> | undefined
  afterWriteOf(store, method, () => {
    newer = openSource()
  })
  const [result] = await Promise.allSettled([older.commit(commitOf(3, 30, 2))])
  expect(newer).toBeDefined()
  const successor = await newer
  if (successor === undefined) return
  // What was declared before it was overtaken is a commit like any other, though it may not hear of its end.
  if (result.status === 'rejected') {
    expect(result.reason).toMatchObject({ code: isKept ? 'connection-lost' : 'fenced' })
  } else expect(isKept).toBe(true)
  expect(await authorsOf(successor, 30)).toEqual(new Set([isKept ? 2 : 1]))
  await successor.commit(commitOf(isKept ? 5 : 4, 30, 3))
  await expect(older.commit(commitOf(4, 30, 4))).rejects.toMatchObject({ code: 'fenced' })
  expect(await authorsOf(await openSource(), 30)).toEqual(new Set([3]))
})

test('one that was overtaken, and has no room, leaves alone what the other declared', async () => {
  const older = await openSource()
  const newer = await openSource()
  let taking: Promise<Image> | undefined
  afterWriteOf('log', 'add', () => {
    taking = imageOf('shop')
  })
  await newer.commit(commitOf(3, 30, 2))
  // As if the newer one had come no further.
  const underWay = await taking
  expect(underWay?.get('staged')?.length).toBeGreaterThan(2)
  await change('shop', (transaction) => {
    for (const [store, records] of underWay ?? []) {
      transaction.objectStore(store).clear()
      for (const [key, value] of records) transaction.objectStore(store).put(value, key)
    }
  })
  const faulty = new FaultyIndexedDb({ fault: 'the quota is exceeded', from: 1, lasting: false })
  await expect(older.commit(commitOf(2, 30, 1))).rejects.toMatchObject({ code: 'quota-exceeded' })
  faulty.remove()
  expect(await authorsOf(await openSource(), 30)).toEqual(new Set([2]))
})

test('one that was overtaken reads nothing that is not of its time', async () => {
  const cache = new BlockCache(Infinity)
  const older = await openFilesOf(new ExtentDatabase('shop', checksums, false), { cache })
  const writer = openWal(mount(older))
  createItems(writer, 2000)
  writer.exec('pragma wal_checkpoint(truncate)')
  await older.flush()
  const read = (block: number): Uint8Array => {
    const into = new Uint8Array(4096)
    older.main.read(into, block * 4096)
    return into
  }
  const blocks = Array.from({ length: older.main.size() / 4096 }, (_, block) => block)
  const before = blocks.map(read)

  const newer = await openStoredFiles('shop')
  const successor = openWal(mount(newer))
  successor.exec("update item set text = 'new' where id % 200 = 0")
  await newer.flush()
  cache.capacity = 0
  cache.capacity = Infinity
  let refused = 0
  for (const block of blocks) {
    try {
      await older.main.load?.(block * 4096, 4096)
    } catch (error) {
      expect(error).toMatchObject({ code: 'fenced' })
      refused++
      continue
    }
    expect(read(block)).toEqual(before[block])
  }
  expect(refused).toBeGreaterThan(5)
  expect(refused).toBeLessThan(blocks.length / 2)
  successor.close()
})

function pause(turns: number): Promise<void> {
  if (turns === 0) return Promise.resolve()
  return new Promise((resolve) => setImmediate(resolve)).then(() => pause(turns - 1))
}

test('a database is opened although there is no room to take it over, and is with its next commit', async () => {
  const first = await openStoredFiles('shop')
  const writer = openWal(mount(first))
  createItems(writer, 100)
  await first.flush()

  const faulty = new FaultyIndexedDb({ fault: 'the quota is exceeded', from: 1, lasting: true })
  const second = await openStoredFiles('shop')
  expect(faulty.failures).toBeGreaterThan(0)
  const database = openWal(mount(second))
  expect(countItems(database)).toBe(100)
  database.exec('delete from item where id > 50')
  await expect(second.flush()).rejects.toMatchObject({ code: 'quota-exceeded' })

  faulty.remove()
  await second.flush()
  writer.exec('delete from item')
  await expect(first.flush()).rejects.toMatchObject({ code: 'fenced' })
  expect(countItems(openWal(mount(await openStoredFiles('shop'))))).toBe(50)
})
