import type { Database } from '@sqlite.org/sqlite-wasm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CapturedCommits, CapturedLog } from '../../../src/worker/storage/indexeddb/captured-log.ts'
import { BLOCK_SIZE } from '../../../src/worker/storage/block-size.ts'
import { extent } from '../../support/extent.ts'
import { memoryFiles, mount, open, sqlite3, vfs } from '../sqlite-fixture.ts'
import { anySetup, anyStep, SCHEMA } from './workload.ts'

/** Bytes of the change counters in the header of a database, which an export sets anew. */
const COUNTERS: readonly (readonly [number, number])[] = [
  [24, 28],
  [92, 100],
]

interface Logged {
  readonly log: CapturedLog
  readonly database: Database
  /** The database as everything that was collected has made it. */
  readonly taken: () => Uint8Array
  readonly take: () => CapturedCommits | undefined
  readonly close: () => void
}

/** A database in memory whose log is captured, and what its commits make of a copy. */
function openLogged(pragmas: string): Logged {
  let copy = new Uint8Array(0)
  const take = (): CapturedCommits | undefined => {
    if (!log.hasCommits) return undefined
    const commits = log.collect()
    log.noteTaken()
    const next = new Uint8Array(commits.pageCount * BLOCK_SIZE)
    next.set(copy.subarray(0, next.length))
    for (const [page, content] of commits.pages) next.set(content, (page - 1) * BLOCK_SIZE)
    copy = next
    return commits
  }
  const log = new CapturedLog(() => void take())
  const files = { ...memoryFiles(), wal: log }
  const path = mount(files)
  const database = open(path)
  database.exec(`pragma page_size = 4096; ${pragmas}; pragma journal_mode = wal; pragma synchronous = normal`)
  copy = new Uint8Array(files.main.size())
  files.main.read(copy, 0)
  return {
    log,
    database,
    taken: () => copy,
    take,
    close: () => {
      database.close()
      vfs.unmount(path)
    },
  }
}

/** The database as SQLite itself puts it together. */
function exported(database: Database): Uint8Array {
  return sqlite3.capi.sqlite3_js_db_export(database)
}

/** Whether both are the same database. Pages that are free may hold anything. */
function expectSame(copy: Uint8Array, database: Database): void {
  const original = exported(database)
  expect(copy.length).toBe(original.length)
  for (const bytes of [copy, original]) for (const [from, to] of COUNTERS) bytes.fill(0, from, to)
  const differs = (page: number): boolean =>
    Buffer.compare(
      copy.subarray(page * BLOCK_SIZE, (page + 1) * BLOCK_SIZE),
      original.subarray(page * BLOCK_SIZE, (page + 1) * BLOCK_SIZE),
    ) !== 0
  const pages = Array.from({ length: copy.length / BLOCK_SIZE }, (_, page) => page)
  expect(pages.filter(differs)).toEqual([])
}

test('what is taken makes the database that SQLite has, byte for byte', () => {
  const anyPlan = fc.tuple(anySetup, fc.array(anyStep, { maxLength: 25 }), fc.infiniteStream(fc.boolean()))
  fc.assert(
    fc.property(anyPlan, ([setup, steps, takes]) => {
      const logged =
        openLogged(`pragma auto_vacuum = ${setup.autoVacuum}; pragma cache_size = ${setup.cacheSize};
        pragma wal_autocheckpoint = ${setup.autoCheckpoint}`)
      logged.database.exec(SCHEMA)
      for (const step of steps) {
        if (step.kind === 'write') logged.database.exec(step.sql)
        else if (step.kind === 'checkpoint') logged.database.exec(`pragma wal_checkpoint(${step.mode})`)
        if (takes.next().value !== true) continue
        logged.take()
        expectSame(logged.taken(), logged.database)
      }
      logged.take()
      expectSame(logged.taken(), logged.database)
      logged.close()
    }),
    extent(80, { normal: 4, long: 60 }),
  )
}, 300_000)

test('a transaction that writes a page again after it spilled is taken as it ended', () => {
  const { database, log, take, taken, close } = openLogged('pragma cache_size = 2')
  database.exec('create table item (id integer primary key, text)')
  take()
  database.exec(`begin; with recursive n(i) as (select 1 union all select i + 1 from n where i < 60)
    insert into item (text) select printf('%0900d', i) from n`)
  expect(log.hasCommits).toBe(false)
  database.exec("update item set text = 'first'; update item set text = 'second'; commit")
  expect(log.hasCommits).toBe(true)
  take()
  expectSame(taken(), database)
  close()
})

test('what was rolled back is never taken, not even a part that spilled', () => {
  const { database, log, take, taken, close } = openLogged('pragma cache_size = 2')
  database.exec('create table item (id integer primary key, text)')
  take()
  const before = taken().slice()
  const size = log.size()
  database.exec(`begin; with recursive n(i) as (select 1 union all select i + 1 from n where i < 60)
    insert into item (text) select printf('%0900d', i) from n`)
  expect(log.size()).toBeGreaterThan(size)
  database.exec('rollback')
  expect(log.hasCommits).toBe(false)
  expect(log.collect().pages.size).toBe(0)
  database.exec("insert into item (text) values ('kept')")
  expect([...(take()?.pages.keys() ?? [])]).toEqual([2])
  expect(taken().subarray(0, BLOCK_SIZE)).toEqual(before.subarray(0, BLOCK_SIZE))
  close()
})

test('a log that begins anew hands over what nobody has taken', () => {
  const { database, log, taken, close } = openLogged('pragma cache_size = 100')
  database.exec('create table item (id integer primary key, text)')
  database.exec("insert into item (text) values ('a')")
  database.exec('pragma wal_checkpoint(restart)')
  expect([log.hasCommits, log.isEmpty]).toEqual([true, false])
  database.exec("insert into item (text) values ('b')")
  expect(taken().length).toBe(2 * BLOCK_SIZE)
  database.exec('pragma wal_checkpoint(truncate)')
  expect([log.hasCommits, log.isEmpty, log.size()]).toEqual([false, true, 0])
  expect(log.matchesNewest(2, new Uint8Array(BLOCK_SIZE))).toBe(undefined)
  expectSame(taken(), database)
  close()
})

test('a commit is of a page once, and of none beyond the end of the database', () => {
  const { database, take, taken, close } = openLogged('pragma cache_size = 100')
  database.exec(`create table item (id integer primary key, text);
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 60)
    insert into item (text) select printf('%0900d', i) from n`)
  for (let round = 0; round < 3; round++) database.exec("update item set text = text || 'x'")
  database.exec('delete from item; vacuum')
  const commits = take()
  expect(commits?.pageCount).toBe(2)
  expect(new Set(commits?.pages.keys())).toEqual(new Set([1, 2]))
  expectSame(taken(), database)
  close()
})

test('what is cleared is not handed over', () => {
  const { database, log, taken, close } = openLogged('pragma cache_size = 100')
  const before = taken().slice()
  database.exec('create table item (id integer primary key, text)')
  log.clear()
  expect([log.hasCommits, log.isEmpty, log.size()]).toEqual([false, true, 0])
  expect(taken()).toEqual(before)
  close()
})
