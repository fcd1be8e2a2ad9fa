import type { Database } from '@sqlite.org/sqlite-wasm'
import { expect, test } from 'vitest'
import { FULL, IOERR, OK } from '../../src/worker/sqlite/result-codes.ts'
import type { DatabaseFiles } from '../../src/worker/storage/block-store.ts'
import { FaultyFiles, type FaultPlan, type FileOperation } from './faulty-files.ts'
import { gatheredFiles } from './gathered-files.ts'
import {
  codeOf,
  copyOf,
  integrity,
  memoryFiles,
  mount,
  open,
  openWal,
  sqlite3,
  vfs,
} from './sqlite-fixture.ts'

const WRITING: readonly FileOperation[] = ['write', 'truncate', 'sync']
const EVERYTHING: readonly FileOperation[] = [...WRITING, 'read', 'size']

const faults: Record<string, Pick<FaultPlan, 'operations' | 'error'>> = {
  'a full disk': { operations: WRITING, error: () => new DOMException('no room', 'QuotaExceededError') },
  'a broken disk': { operations: EVERYTHING, error: () => new Error('broken') },
}

/** Each ends in a commit that adds the row of its number, so that the rows tell which were kept. */
const STEPS: readonly string[] = [
  `create table step (n integer primary key, text); create index by_text on step (text);
   insert into step values (0, '')`,
  ...[1, 2, 3, 4, 5, 6].map(
    (n) => `
      update step set text = text || printf('%0900d', ${n});
      insert into step values (${n}, printf('%03000d', ${n}))`,
  ),
]

/** Runs one step as one transaction. */
function commitStep(database: Database, sql: string): number {
  return codeOf(() => database.exec(`begin immediate; ${sql}; commit`))
}

/** How many steps have been committed: 0 if not even the table is there. */
function committedSteps(database: Database): number {
  if (database.selectValue("select count(*) from sqlite_schema where name = 'step'") === 0) return 0
  const numbers = database.selectValues('select n from step order by n')
  expect(numbers).toEqual(numbers.map((_, index) => index))
  return numbers.length
}

function tellsTheCause(code: number, fault: string): void {
  expect(code & 0xff).toBe(fault === 'a full disk' ? FULL : IOERR)
  const error = vfs.takeLastError()
  expect(error).toMatchObject({ code: fault === 'a full disk' ? 'quota-exceeded' : 'io-error' })
  expect(error?.cause).toMatchObject({ message: fault === 'a full disk' ? 'no room' : 'broken' })
}

/** Runs the steps while the n-th call fails; false once `n` lies behind the last call. */
function runWithFault(mode: string, fault: string, lasting: boolean, n: number): boolean {
  const kept = memoryFiles()
  const plan = faults[fault]
  if (plan === undefined) throw new Error(`no such fault: ${fault}`)
  const faulty = new FaultyFiles(kept, { ...plan, from: n, lasting })
  const [journal, isGathered] = mode.split(', ')
  const path = mount(isGathered === undefined ? faulty.files : gatheredFiles(faulty.files))
  let acknowledged = 0
  let database: Database | undefined
  const failed = (code: number): boolean => {
    if (code !== OK) tellsTheCause(code, fault)
    return code !== OK
  }

  const opened = codeOf(() => {
    database = open(path)
    database.exec(`pragma page_size = 4096; pragma journal_mode = ${journal}; pragma cache_size = 4`)
  })
  let stopped = failed(opened)
  for (const sql of STEPS) {
    if (stopped || database === undefined) break
    stopped = failed(commitStep(database, sql))
    if (stopped) break
    acknowledged++
    if (acknowledged === 4) stopped = failed(codeOf(() => database?.exec('pragma wal_checkpoint(truncate)')))
  }
  // Nothing that failed was passed over.
  expect(stopped).toBe(faulty.failures > 0)
  expectKept(copyOf(kept), [acknowledged, stopped ? acknowledged + 1 : acknowledged])
  // An error in one call does not break the next.
  faulty.repair()
  if (database !== undefined) {
    if (sqlite3.capi.sqlite3_get_autocommit(database) === 0) database.exec('rollback')
    if (opened === OK) {
      const present = committedSteps(database)
      expect(present - acknowledged === 0 || (stopped && present - acknowledged === 1)).toBe(true)
      for (const sql of STEPS.slice(present)) expect(commitStep(database, sql)).toBe(OK)
      acknowledged = STEPS.length
    }
    database.close()
  }
  vfs.unmount(path)
  expectKept(kept, [acknowledged])
  return faulty.failures > 0
}

/** Whatever happened, a fresh start finds a sound database with what was acknowledged. */
function expectKept(files: DatabaseFiles, steps: readonly number[]): void {
  const path = mount(files)
  const database = open(path)
  expect(integrity(database)).toBe('ok')
  expect(steps).toContain(committedSteps(database))
  database.close()
  vfs.unmount(path)
}

const cases = ['wal', 'wal, gathered', 'delete', 'truncate'].flatMap((mode) =>
  Object.keys(faults).flatMap((fault) => [false, true].map((lasting) => [mode, fault, lasting] as const)),
)

test.each(cases)(
  'with journal_mode %s, %s (lasting: %s) at every call in turn loses nothing',
  (mode, fault, lasting) => {
    let n = 1
    while (runWithFault(mode, fault, lasting, n)) n++
    expect(n).toBeGreaterThan(40)
  },
)

test.each(Object.keys(faults))('after %s, syncLog says so, and makes up for it the next time', (fault) => {
  const plan = faults[fault]
  if (plan === undefined) throw new Error(`no such fault: ${fault}`)
  const faulty = new FaultyFiles(memoryFiles(), { ...plan, operations: ['sync'], from: 1, lasting: true })
  faulty.repair()
  const path = mount(faulty.files)
  const database = openWal(path)
  void vfs.syncLog(path)
  database.exec('create table item (x)')
  faulty.breakAgain()
  const error = expect.objectContaining({ code: fault === 'a full disk' ? 'quota-exceeded' : 'io-error' })
  expect(() => vfs.syncLog(path)).toThrow(error)
  expect(() => vfs.syncLog(path)).toThrow(error)
  faulty.repair()
  expect(vfs.syncLog(path)).toBe(true)
  expect(vfs.syncLog(path)).toBe(false)
  database.close()
})
