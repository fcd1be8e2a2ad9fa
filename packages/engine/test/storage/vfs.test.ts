import { afterEach, expect, test } from 'vitest'
import type { Database } from '@sqlite.org/sqlite-wasm'
import { CANTOPEN } from '../../src/worker/sqlite/result-codes.ts'
import {
  addItems,
  codeOf,
  countItems,
  createItems,
  memoryFiles,
  mount,
  open,
  openWal,
  sqlite3,
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

test('the last connection to close puts the log away, and the next one finds everything', () => {
  const files = memoryFiles()
  const path = mount(files)
  const [first, second] = [openWal(path), open(path)]
  first.exec('create table item (id integer primary key, text)')
  addItems(second, 50)
  first.close()
  expect(files.wal.size()).toBeGreaterThan(0)
  second.close()
  expect(files.wal.size()).toBe(0)
  const again = kept(open(path))
  expect(again.selectValue('pragma journal_mode')).toBe('wal')
  expect(countItems(again)).toBe(50)
})

test('syncLog flushes what commits left in the log, once', () => {
  let syncs = 0
  const files = memoryFiles()
  files.wal.sync = () => void syncs++
  const path = mount(files)
  const writer = walWithItems(path, 1)
  void vfs.syncLog(path)

  const before = syncs
  addItems(writer, 1)
  addItems(writer, 1)
  expect(syncs).toBe(before)
  expect(vfs.syncLog(path)).toBe(true)
  expect(syncs).toBe(before + 1)
  expect(vfs.syncLog(path)).toBe(false)
  expect(syncs).toBe(before + 1)
})

test('only what is mounted can be opened', () => {
  expect(codeOf(() => open('nowhere'))).toBe(CANTOPEN)
  const database = walWithItems(mount(), 1)
  expect(codeOf(() => database.exec("attach 'nowhere' as other"))).toBe(CANTOPEN)
  expect(codeOf(() => database.exec("vacuum into 'nowhere'"))).toBe(CANTOPEN)
  expect(countItems(database)).toBe(1)
})

test('an import is opened beside the database, and its journals are not kept', () => {
  const files = memoryFiles()
  const path = mount(files)
  const incoming = openWal(`${path}-incoming`)
  const reader = open(`${path}-incoming`)
  createItems(incoming, 20)
  expect(countItems(reader)).toBe(20)
  expect([files.main.size(), files.wal.size()]).toEqual([0, 0])
  reader.close()
  incoming.close()
  expect(files.incoming.size()).toBeGreaterThan(0)
  expect(countItems(kept(open(`${path}-incoming`)))).toBe(20)
})

test('a database is not unmounted under a connection, and can be mounted again after it', () => {
  const files = memoryFiles()
  const path = mount(files)
  const database = openWal(path)
  createItems(database, 3)
  expect(() => vfs.unmount(path)).toThrow('still open')
  expect(() => vfs.mount(path, files)).toThrow('mounted already')
  database.close()
  vfs.unmount(path)
  vfs.unmount(path)
  expect(codeOf(() => open(path))).toBe(CANTOPEN)
  expect(() => vfs.syncLog(path)).toThrow('not mounted')
  vfs.mount(path, files)
  expect(countItems(kept(open(path)))).toBe(3)
})

test.each(['', 'file:shop', 'a\0b', '\ud800', 'x'.repeat(1025)])('%j is refused as a path', (path) => {
  expect(() => vfs.mount(path, memoryFiles())).toThrow('cannot be mounted')
})

test.each(['數據庫 👩‍👩‍👧‍👦', '/a/../b', 'question?mode=memory', "quote'", 'x'.repeat(1024)])(
  '%j is a path',
  (path) => {
    const files = memoryFiles()
    vfs.mount(path, files)
    const database = openWal(path)
    database.exec('create table item (x); insert into item values (1)')
    expect(files.wal.size()).toBeGreaterThan(0)
    database.close()
    vfs.unmount(path)
  },
)

test('connections leave no memory behind', () => {
  const path = mount()
  const cycle = (): number => {
    const databases = [openWal(path), open(path), open(path)]
    for (const database of databases) database.exec('create table if not exists item (x); select * from item')
    for (const database of databases) database.close()
    return memoryUsed()
  }
  const first = cycle()
  for (let round = 0; round < 20; round++) cycle()
  expect(cycle()).toBe(first)
})

test('SQLite has the time and chance', () => {
  const database = kept(open(mount()))
  const milliseconds = Number(database.selectValue("select unixepoch('subsec') * 1000"))
  expect(Math.abs(milliseconds - Date.now())).toBeLessThan(60_000)
  expect(database.selectValue('select random() = random()')).toBe(0)
})

/** Bytes that SQLite has allocated at the moment. */
function memoryUsed(): number {
  const { capi, wasm } = sqlite3
  const results = wasm.alloc(16)
  try {
    capi.sqlite3_status(capi.SQLITE_STATUS_MEMORY_USED, results, results + 8, 0)
    return new DataView(wasm.heap8u().buffer).getInt32(results, true)
  } finally {
    wasm.dealloc(results)
  }
}
