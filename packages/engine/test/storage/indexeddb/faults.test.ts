import type { Database } from '@sqlite.org/sqlite-wasm'
import { expect, test } from 'vitest'
import type { ErrorCode } from '../../../src/errors.ts'
import { DataSyncError } from '../../../src/errors.ts'
import { BlockCache } from '../../../src/worker/storage/indexeddb/block-cache.ts'
import type { StoredFiles } from '../../../src/worker/storage/indexeddb/stored-files.ts'
import { integrity, mount, openWal, vfs } from '../sqlite-fixture.ts'
import { type Fault, FaultyIndexedDb } from './faulty-indexeddb.ts'
import { imageOf, restore } from './indexeddb-image.ts'
import { openStoredFiles } from './open-stored-files.ts'
import { useFakeIndexedDb } from './use-fake-indexeddb.ts'

useFakeIndexedDb()

function lengthOf(n: number): number {
  return n % 2 === 0 ? 60_000 : 3000
}

/** Each adds the row of its number, so that the rows tell which were kept; two are stored in parts. */
const STEPS: readonly string[] = [
  `create table step (n integer primary key, text); create index by_text on step (text);
   insert into step values (0, '')`,
  ...[1, 2, 3, 4].map(
    (n) => `
      update step set text = text || printf('%0900d', ${n});
      insert into step values (${n}, printf('%0${lengthOf(n)}d', ${n}))`,
  ),
]
const limits = { largeCommit: 50_000, part: 30_000 }

interface Expectation {
  /** A commit may have been stored, after all, if its connection was lost, and only then. */
  readonly codes: readonly ErrorCode[]
  /** Whether trying again helps, so that a fault that passes is not seen at all. */
  readonly isRetried: boolean
}

const LOST: Expectation = { codes: ['connection-lost'], isRetried: true }
/** What is declared is stored, even if its parts cannot be moved; it is then said to be lost. */
const UNREADABLE: Expectation = { codes: ['io-error', 'connection-lost'], isRetried: false }
const DAMAGED: Expectation = { codes: ['corrupt'], isRetried: false }

const EXPECTED: Readonly<Record<Fault, Expectation>> = {
  'the quota is exceeded': { codes: ['quota-exceeded', 'connection-lost'], isRetried: false },
  'a transaction is aborted': LOST,
  'the connection is lost': LOST,
  'the connection is lost after the commit': LOST,
  'the storage fails with UnknownError': LOST,
  'a record cannot be read': UNREADABLE,
  'a record is cut short': DAMAGED,
  'a bit of a record is flipped': DAMAGED,
}

/** How many steps a database holds. */
function stepsIn(database: Database): number {
  expect(integrity(database)).toBe('ok')
  if (database.selectValue("select count(*) from sqlite_schema where name = 'step'") === 0) return 0
  const numbers = database.selectValues('select n from step order by n')
  expect(numbers).toEqual(numbers.map((_, index) => index))
  const lengths = numbers.map((_, n) => (n === 0 ? 0 : lengthOf(n)) + 900 * (numbers.length - 1 - n))
  expect(database.selectValues('select length(text) from step order by n')).toEqual(lengths)
  return numbers.length
}

/** How many commits the log tells of, beside the openings. */
async function commitsIn(name: string): Promise<number> {
  const records = (await imageOf(name)).get('log') ?? []
  expect(records.map(([number]) => number)).toEqual(records.map((_, index) => index + 1))
  return records.filter(([, sealed]) => !(sealed as { text: string }).text.includes('"digest":""')).length
}

/** What a worker finds that starts anew. It works on a copy, as opening takes the database over. */
async function storedSteps(name: string, copy: string): Promise<number> {
  await restore(copy, await imageOf(name))
  const files = await openStoredFiles(copy, { limits })
  const path = mount(files)
  const database = openWal(path)
  const steps = stepsIn(database)
  database.exec('create table later (x)')
  await files.flush()
  database.close()
  vfs.unmount(path)
  return steps
}

/** Stores with an empty cache, so that it has to read, and reads all again for SQLite, which here cannot wait. */
async function flushCold(files: StoredFiles, cache: BlockCache): Promise<void> {
  cache.capacity = 0
  await files.flush()
  cache.capacity = Infinity
}

async function loadAll(files: StoredFiles): Promise<void> {
  await files.main.load?.(0, files.main.size())
}

/** Runs the steps while the n-th call fails; false once `n` lies behind the last call. */
async function runWithFault(fault: Fault, lasting: boolean, n: number): Promise<boolean> {
  const { codes, isRetried } = EXPECTED[fault]
  const faulty = new FaultyIndexedDb({ fault, from: n, lasting })
  const name = `${fault} ${n}`
  const cache = new BlockCache(Infinity)
  const failureOf = async (work: () => Promise<unknown>): Promise<unknown> => {
    try {
      await work()
      return undefined
    } catch (error) {
      return error
    }
  }
  let acknowledged = 0
  let files: StoredFiles | undefined
  let database: Database | undefined
  let path = ''
  try {
    let failure = await failureOf(async () => {
      files = await openStoredFiles(name, { limits, cache })
    })
    if (files !== undefined) {
      path = mount(files)
      database = openWal(path)
      for (const sql of STEPS) {
        const open = files
        failure = await failureOf(() => loadAll(open))
        if (failure !== undefined) break
        database.exec(`begin immediate; ${sql}; commit`)
        failure = await failureOf(() => flushCold(open, cache))
        if (failure !== undefined) break
        acknowledged++
      }
    }
    if (faulty.failures === 0 || (isRetried && !lasting)) expect(failure).toBe(undefined)
    // Nobody may have looked at what was damaged: a block is checked when it is used.
    else if (failure !== undefined || !codes.includes('corrupt')) {
      expect(failure).toBeInstanceOf(DataSyncError)
      expect(codes).toContain((failure as DataSyncError).code)
    }
    faulty.repair()
    const isLost = failure instanceof DataSyncError && failure.code === 'connection-lost'
    const stored = await storedSteps(name, `${name}, copy`)
    expect(stored - acknowledged === 0 || (isLost && stored - acknowledged === 1)).toBe(true)
    expect(await commitsIn(name), 'each commit was made once').toBe(stored)
    if (files === undefined || failure === undefined) return faulty.failures > 0

    // As the engine does: where it is known what is stored it goes back to that, and opens it anew otherwise.
    database?.close()
    database = undefined
    cache.capacity = Infinity
    if (isLost) {
      vfs.unmount(path)
      files = await openStoredFiles(name, { limits, cache: new BlockCache(Infinity) })
      path = mount(files)
    } else files.revert()
    await loadAll(files)
    database = openWal(path)
    expect(stepsIn(database)).toBe(stored)
    for (const sql of STEPS.slice(stored)) {
      await loadAll(files)
      database.exec(`begin immediate; ${sql}; commit`)
      await files.flush()
    }
    expect(await storedSteps(name, `${name}, copy after`)).toBe(STEPS.length)
    return faulty.failures > 0
  } finally {
    faulty.remove()
    database?.close()
    if (path !== '') vfs.unmount(path)
  }
}

const cases = (Object.keys(EXPECTED) as Fault[]).flatMap((fault) =>
  [false, true].map((lasting) => [fault, lasting] as const),
)

/** All calls in a long run, or where there are few; else one in so many, from another one on in each case. */
function strideOf(fault: Fault): number {
  const strikesOnlyCommits = fault === 'the quota is exceeded' || fault.endsWith('after the commit')
  return strikesOnlyCommits || import.meta.env.MODE === 'long' ? 1 : 9
}

test.each(cases)(
  'when %s (lasting: %s), at whichever call, nothing is lost',
  async (fault, lasting) => {
    const stride = strideOf(fault)
    let n = 1 + (cases.findIndex(([other, lasts]) => other === fault && lasts === lasting) % stride)
    while (await runWithFault(fault, lasting, n)) n += stride
    expect(n).toBeGreaterThan(9)
  },
  300_000,
)
