import { expect, test } from 'vitest'
import { BlockCache } from '../../../src/worker/storage/indexeddb/block-cache.ts'
import { CacheTuner } from '../../../src/worker/storage/indexeddb/cache-tuner.ts'
import { BLOCK_SIZE } from '../../../src/worker/storage/block-size.ts'
import type { StoredFiles } from '../../../src/worker/storage/indexeddb/stored-files.ts'
import { IOERR } from '../../../src/worker/sqlite/result-codes.ts'
import {
  addItems,
  codeOf,
  countItems,
  createItems,
  integrity,
  mount,
  open,
  openWal,
  sqlite3,
  vfs,
} from '../sqlite-fixture.ts'
import { imageOf } from './indexeddb-image.ts'
import { MapSource, withoutReadNow } from './map-source.ts'
import { openFilesOf, openStoredFiles } from './open-stored-files.ts'
import { RecordedWrites } from './recorded-writes.ts'
import { useFakeIndexedDb } from './use-fake-indexeddb.ts'

useFakeIndexedDb()

/** After so many lookups that a larger cache would not have answered better, a cache is made smaller. */
const QUIET_LOOKUPS = 8 * 1024

function rowsIn(files: StoredFiles): unknown {
  const path = mount(files)
  const database = open(path)
  expect(integrity(database)).toBe('ok')
  const rows = countItems(database)
  database.close()
  vfs.unmount(path)
  return rows
}

test('what was flushed is there when it is opened again, and what was not is not', async () => {
  const files = await openStoredFiles('shop')
  const database = openWal(mount(files))
  createItems(database, 1000)
  await files.flush()
  addItems(database, 10)
  await files.flush()
  expect(files.flush()).toBe(undefined)
  addItems(database, 5)
  expect(rowsIn(await openStoredFiles('shop'))).toBe(1010)
  database.close()
})

test.each(['xxhash64', 'crc32c', 'blake3'] as const)(
  'a database keeps the extents and the sum that it was made with (%s)',
  async (checksum) => {
    const files = await openStoredFiles('shop', { blocksPerExtent: 14, checksum })
    const database = openWal(mount(files))
    createItems(database, 1000)
    await files.flush()
    database.close()
    expect(rowsIn(await openStoredFiles('shop', { blocksPerExtent: 8, checksum: 'xxhash64' }))).toBe(1000)
  },
)

test('a commit of more than 8 MiB is kept, whenever it or what makes up for it is cut short', async () => {
  const files = await openStoredFiles('shop')
  const database = openWal(mount(files))
  database.exec('create table item (id integer primary key, text)')
  const recorded = new RecordedWrites()
  await files.flush()
  const before = recorded.count
  database.exec(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 9)
    insert into item (text) select hex(zeroblob(500000)) from n`)
  await files.flush()
  recorded.stop()
  database.close()
  expect(recorded.count - before).toBeGreaterThan(5)
  const rows: unknown[] = []
  for (let count = before; count <= recorded.count; count++) {
    await recorded.replay(`crash ${count}`, count)
    rows.push(rowsIn(await openStoredFiles(`crash ${count}`)))
  }
  expect(rows).toEqual(rows.map((_, index) => (index < rows.indexOf(9) ? 0 : 9)))
  expect(rows.at(-1)).toBe(9)
})

test('an opening that is cut short as it moves the parts of a commit is made up for by the next', async () => {
  const limits = { largeCommit: 100_000, part: 40_000 }
  const first = new RecordedWrites()
  const files = await openStoredFiles('shop', { limits })
  const database = openWal(mount(files))
  createItems(database, 5000)
  await files.flush()
  first.stop()
  database.close()
  let redone = 0
  for (let count = 1; count <= first.count; count++) {
    await first.replay(`crash ${count}`, count)
    const second = new RecordedWrites()
    const rows = (await imageOf(`crash ${count}`)).get('log')?.length === 2 ? 5000 : 0
    await openStoredFiles(`crash ${count}`, { limits })
    second.stop()
    for (let again = 0; again < second.count; again++) {
      await first.replay(`crash ${count}, ${again}`, count)
      await second.replay(`crash ${count}, ${again}`, again)
      if (rows === 0) continue
      expect(rowsIn(await openStoredFiles(`crash ${count}, ${again}`))).toBe(5000)
      redone++
    }
  }
  expect(redone).toBeGreaterThan(10)
})

test('what is committed while a flush is under way is stored by the next', async () => {
  const source = new MapSource()
  const files = await openFilesOf(source)
  const database = openWal(mount(files))
  createItems(database, 100)
  let goOn: () => void = () => undefined
  source.beforeCommit = () => new Promise((resolve) => (goOn = resolve))
  const flushing = files.flush()
  await expect.poll(() => goOn.name).not.toBe('goOn')
  addItems(database, 10)
  // What was taken is taken over, and the log begins anew.
  database.exec('pragma wal_checkpoint(truncate)')
  goOn()
  await flushing
  source.beforeCommit = () => undefined
  expect(rowsIn(await openFilesOf(source.copy()))).toBe(100)
  await files.flush()
  expect(rowsIn(await openFilesOf(source.copy()))).toBe(110)
  database.close()
})

test('where no read can wait, a flush brings in what readers are still to see, however small the cache', async () => {
  const source = new MapSource()
  const cache = new BlockCache(Infinity)
  const files = await openFilesOf(withoutReadNow(source), { cache, blocksPerExtent: 1 })
  const database = openWal(mount(files))
  createItems(database, 2000)
  database.exec('pragma wal_checkpoint(truncate)')
  await files.flush()
  database.exec('pragma cache_size = 1000')
  expect(database.selectValue('select sum(length(text)) from item')).toBe(200_000)
  // SQLite has all of it, the store nothing.
  cache.capacity = 0
  database.exec("update item set text = text || 'x'")
  await files.flush()
  expect(rowsIn(await openFilesOf(source.copy()))).toBe(2000)
  database.close()
})

test('where no read can wait, a flush finds what is in memory, whatever the cache gives back just then', async () => {
  const source = new MapSource()
  const made = await openFilesOf(source, { blocksPerExtent: 1 })
  const maker = openWal(mount(made))
  createItems(maker, 2000)
  await made.flush()
  maker.close()
  const size = made.main.size()
  const tuner = new CacheTuner({ floor: BLOCK_SIZE, initial: size, ceiling: size })
  const files = await openFilesOf(withoutReadNow(source), { cache: new BlockCache(tuner) })
  await files.main.load?.(0, size)
  const database = openWal(mount(files))
  database.exec('pragma cache_size = 1000')
  expect(countItems(database)).toBe(2000)
  database.exec("update item set text = 'x' where id = 1")
  // What was loaded for the last read is in the cache alone from now on.
  await files.flush()
  // One use more, and a cache that was large enough for long is made smaller.
  while ((files.metrics().cache?.reads ?? 0) < QUIET_LOOKUPS - 1) {
    files.main.read(new Uint8Array(BLOCK_SIZE), size - BLOCK_SIZE)
  }
  database.exec("update item set text = text || 'y'")
  await files.flush()
  expect(rowsIn(await openFilesOf(source.copy()))).toBe(2000)
  database.close()
})

test('a checkpoint that ends early, before anything was stored, leaves holes that can be loaded', async () => {
  const source = new MapSource()
  const files = await openFilesOf(withoutReadNow(source))
  const path = mount(files)
  const [database, reader] = [openWal(path), openWal(path)]
  createItems(database, 1000)
  reader.exec('begin')
  expect(countItems(reader)).toBe(1000)
  // Their pages are left out of the checkpoint, as the reader needs them as they were.
  database.exec("update item set text = 'x' where id < 100; pragma wal_checkpoint(passive)")
  expect(files.main.size()).toBeGreaterThan(10 * 4096)
  await files.main.load?.(0, files.main.size())
  expect(files.main.read(new Uint8Array(4096), 4096)).toBe(4096)
  await files.flush()
  expect(countItems(reader)).toBe(1000)
  expect(rowsIn(await openFilesOf(source.copy()))).toBe(1000)
  reader.close()
  database.close()
})

test('a block that cannot be read fails the statement, tells why, and is read again by the next', async () => {
  const source = new MapSource()
  const cache = new BlockCache(0)
  const files = await openFilesOf(source, { cache })
  const path = mount(files)
  const database = openWal(path)
  createItems(database, 2000)
  database.exec('pragma wal_checkpoint(truncate); pragma cache_size = 0')
  await files.flush()
  const extents = [...source.extents]
  for (const [damage, sentence] of [
    [() => source.extents.delete(3), 'is missing'],
    [() => source.extents.get(3)?.fill(1, 3000, 3001), 'is damaged'],
    [() => source.extents.set(3, new Uint8Array(100)), 'cannot be read'],
    [() => source.extents.set(3, source.extents.get(2)?.slice() ?? new Uint8Array(0)), 'belongs elsewhere'],
  ] as const) {
    damage()
    vfs.takeLastError()
    expect(codeOf(() => database.selectValue('select sum(length(text)) from item')) & 0xff).toBe(IOERR)
    expect(vfs.takeLastError()).toMatchObject({
      code: 'corrupt',
      sentence: expect.stringContaining(sentence) as string,
    })
    for (const [extent, record] of extents) source.extents.set(extent, record.slice())
    expect(database.selectValue('select sum(length(text)) from item')).toBe(200_000)
  }
  database.close()
})

test.each([true, false])(
  'what could not be stored is given up by a reversion, and the next commit follows what was (checkpoint: %s)',
  async (isCheckpointed) => {
    const source = new MapSource()
    const files = await openFilesOf(source, { cache: new BlockCache(64 * 1024) })
    const path = mount(files)
    const database = openWal(path)
    const { capi } = sqlite3
    capi.sqlite3_db_config(database, capi.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, isCheckpointed ? 0 : 1, 0)
    createItems(database, 100)
    await files.flush()
    database.exec('pragma wal_checkpoint(truncate)')
    // Stored, and not yet seen by whoever reads the file.
    addItems(database, 10)
    await files.flush()
    database.exec("update item set text = 'lost'; delete from item where id > 10; vacuum")
    source.beforeCommit = () => {
      throw new DOMException('no room', 'QuotaExceededError')
    }
    await expect(files.flush()).rejects.toThrow('no room')
    database.close()
    files.revert()
    source.beforeCommit = () => undefined
    const again = openWal(path)
    expect(again.selectValue("select count(*) from item where text <> 'lost'")).toBe(110)
    addItems(again, 1)
    await files.flush()
    expect(rowsIn(await openFilesOf(source.copy()))).toBe(111)
    again.close()
  },
)
