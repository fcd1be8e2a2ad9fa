import { afterEach, expect, test, vi } from 'vitest'
import type { Database } from '@sqlite.org/sqlite-wasm'
import { BUSY, CANTOPEN } from '../../src/worker/sqlite/result-codes.ts'
import { MemoryFile } from '../../src/worker/storage/memory-file.ts'
import {
  addItems,
  codeOf,
  countItems,
  createItems,
  integrity,
  memoryFiles,
  mount,
  open,
  openWal,
  vfs,
} from './sqlite-fixture.ts'

const opened: Database[] = []

afterEach(() => {
  for (const database of opened.splice(0)) database.close()
})

function kept(database: Database): Database {
  opened.push(database)
  return database
}

function walWithItems(path: string, rows: number): Database {
  const database = kept(openWal(path))
  createItems(database, rows)
  return database
}

test('under WAL readers keep their snapshots while a writer commits, and none waits for another', () => {
  const path = mount()
  const writer = walWithItems(path, 10)
  const [first, second] = [kept(open(path)), kept(open(path))]

  first.exec('begin')
  expect(countItems(first)).toBe(10)
  writer.exec('begin immediate')
  addItems(writer, 5)
  expect(countItems(first)).toBe(10)
  expect(countItems(second)).toBe(10)
  writer.exec('commit')
  second.exec('begin')
  expect(countItems(second)).toBe(15)
  addItems(writer, 5)
  expect([countItems(first), countItems(second), countItems(writer)]).toEqual([10, 15, 20])
  first.exec('commit')
  second.exec('commit')
  expect([countItems(first), countItems(second)]).toEqual([20, 20])
  expect(integrity(first)).toBe('ok')
})

test('a second writer is refused at once and can write after the first', () => {
  const path = mount()
  const first = walWithItems(path, 1)
  const second = kept(open(path))
  first.exec('begin immediate')
  expect(codeOf(() => second.exec('begin immediate'))).toBe(BUSY)
  first.exec('rollback')
  second.exec("begin immediate; insert into item (text) values ('second'); commit")
  expect(countItems(first)).toBe(2)
})

test('a checkpoint leaves a reader its snapshot, and empties the log once nobody needs it', () => {
  const files = memoryFiles()
  const path = mount(files)
  const writer = walWithItems(path, 100)
  const reader = kept(open(path))
  reader.exec('begin')
  expect(countItems(reader)).toBe(100)
  addItems(writer, 100)
  writer.exec('pragma wal_checkpoint(passive)')
  expect(countItems(reader)).toBe(100)
  expect(writer.selectArray('pragma wal_checkpoint(truncate)')?.[0]).toBe(1)
  expect(vfs.logSize(path)).toBeGreaterThan(0)

  reader.exec('commit')
  expect(writer.selectArray('pragma wal_checkpoint(truncate)')).toEqual([0, 0, 0])
  expect(vfs.logSize(path)).toBe(0)
  expect(files.main.size()).toBeGreaterThan(200 * 100)
  expect([countItems(reader), countItems(writer)]).toEqual([200, 200])
  expect(integrity(reader)).toBe('ok')
})

test.each(['delete', 'truncate', 'persist', 'memory'])(
  'rolls back and commits with journal_mode %s',
  (mode) => {
    const files = memoryFiles()
    const path = mount(files)
    const [a, b] = [kept(open(path)), kept(open(path))]
    expect(a.selectValue(`pragma journal_mode = ${mode}`)).toBe(mode)
    createItems(a, 100)

    a.exec('begin immediate')
    a.exec('delete from item')
    expect(codeOf(() => b.exec('begin immediate'))).toBe(BUSY)
    expect(countItems(b)).toBe(100)
    a.exec('rollback')
    expect(countItems(a)).toBe(100)

    b.exec('begin')
    expect(countItems(b)).toBe(100)
    a.exec('begin; delete from item where id <= 40')
    // The reader holds the commit off, and no new one gets in.
    expect(codeOf(() => a.exec('commit'))).toBe(BUSY)
    const late = kept(open(path))
    expect(codeOf(() => countItems(late))).toBe(BUSY)
    b.exec('commit')
    a.exec('commit')
    expect([countItems(a), countItems(b), countItems(late)]).toEqual([60, 60, 60])
    expect(integrity(b)).toBe('ok')
    if (mode === 'delete' || mode === 'truncate') expect(files.journal.size()).toBe(0)
  },
)

test.each(['wal', 'delete'])(
  'a transaction that overflows the cache is undone whole with journal_mode %s',
  (mode) => {
    const path = mount()
    const writer = kept(open(path))
    writer.exec(`pragma page_size = 4096; pragma journal_mode = ${mode}; pragma cache_size = 10`)
    writer.exec('create table item (id integer primary key, text); create index by_text on item (text)')
    addItems(writer, 500)
    const before = writer.selectValue('select sum(id * length(text)) from item')
    const sizeBefore = vfs.logSize(path)

    writer.exec('begin')
    writer.exec("update item set text = text || 'changed'")
    addItems(writer, 2000)
    if (mode === 'wal') expect(vfs.logSize(path)).toBeGreaterThan(sizeBefore + 100_000)
    writer.exec('savepoint inner; delete from item; rollback to inner; release inner')
    expect(countItems(writer)).toBe(2500)
    writer.exec('rollback')
    expect(writer.selectValue('select sum(id * length(text)) from item')).toBe(before)
    expect(integrity(writer)).toBe('ok')

    writer.exec("update item set text = text || 'changed'")
    expect(writer.selectValue("select count(*) from item where text like '%changed'")).toBe(500)
    expect(integrity(writer)).toBe('ok')
  },
)

test.each(['wal', 'delete'])('VACUUM gives room back with journal_mode %s', (mode) => {
  const files = memoryFiles()
  const path = mount(files)
  const database = kept(open(path))
  database.exec(`pragma page_size = 4096; pragma journal_mode = ${mode}`)
  createItems(database, 5000)
  database.exec('pragma wal_checkpoint(truncate)')
  const full = files.main.size()
  database.exec('delete from item where id % 10 <> 0; vacuum; pragma wal_checkpoint(truncate)')
  expect(files.main.size()).toBeLessThan(full / 4)
  expect(countItems(database)).toBe(500)
  expect(integrity(database)).toBe('ok')
})

test('VACUUM can change the size of the pages', () => {
  const files = memoryFiles()
  const path = mount(files)
  const database = kept(open(path))
  database.exec('pragma page_size = 4096; pragma journal_mode = delete')
  createItems(database, 1000)
  database.exec('pragma page_size = 8192; vacuum')
  expect(database.selectValue('pragma page_size')).toBe(8192)
  expect(files.main.size() % 8192).toBe(0)
  expect(countItems(kept(open(path)))).toBe(1000)
  expect(integrity(database)).toBe('ok')
})

test('temporary tables, large sorts and statement journals work in files too', () => {
  const database = walWithItems(mount(), 3000)
  database.exec('pragma temp_store = file; pragma cache_size = 10; pragma temp.cache_size = 5')
  database.exec('create temp table copy as select * from item; create index temp.by_text on copy (text)')
  database.exec("begin; update copy set text = text || 'x'; rollback")
  expect(database.selectValue("select count(*) from copy where text like '%x'")).toBe(0)
  expect(database.selectValue('select count(distinct text) from copy')).toBe(3000)
  const writes = vi.spyOn(MemoryFile.prototype, 'write')
  const sorted = database.selectValues('select id from item order by text || hex(zeroblob(500)) desc')
  expect(writes).toHaveBeenCalled()
  writes.mockRestore()
  expect([sorted.length, sorted[0], sorted.at(-1)]).toEqual([3000, 3000, 1])
  // Fails half-way, after it has changed rows: a statement journal undoes it.
  database.exec('create unique index one on item (text)')
  expect(codeOf(() => database.exec("begin; update item set text = iif(id < 2900, id, 'same')"))).toBe(2067)
  expect(database.selectValue("select count(*) from item where text = 'same'")).toBe(0)
  database.exec('commit')
  expect(integrity(database)).toBe('ok')
})

test('a database attached beside another takes part in its transactions', () => {
  const [here, there] = [mount(), mount()]
  const database = walWithItems(here, 5)
  kept(openWal(there)).exec('create table note (text)')
  database.exec(`attach '${there}' as other`)
  database.exec("begin; delete from item where id = 1; insert into other.note values ('kept'); commit")
  database.exec("begin; delete from item; insert into other.note values ('undone'); rollback")
  expect(countItems(database)).toBe(4)
  expect(kept(open(there)).selectValues('select text from note')).toEqual(['kept'])
})

test('a transaction over two files without WAL is refused rather than risked', () => {
  const [here, there] = [mount(), mount()]
  const database = kept(open(here))
  database.exec(`create table a (x); attach '${there}' as other; create table other.b (x)`)
  database.exec('begin; insert into a values (1); insert into other.b values (1)')
  expect(codeOf(() => database.exec('commit'))).toBe(CANTOPEN)
  expect(database.selectArray('select (select count(*) from a), (select count(*) from other.b)')).toEqual([
    0, 0,
  ])
  database.exec('insert into a values (1)')
  expect(database.selectValue('select count(*) from a')).toBe(1)
})
