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
  readonly codes: readonly ErrorCode[]
  /** Whether trying again helps, so that a fault that passes is not seen at all. */
  readonly isRetried: boolean
  /** Whether nobody can say if the commit was stored. */
  readonly isUncertain: boolean
}

const LOST: Expectation = { codes: ['connection-lost'], isRetried: true, isUncertain: true }

const EXPECTED: Readonly<Record<Fault, Expectation>> = {
  'the quota is exceeded': { codes: ['quota-exceeded'], isRetried: false, isUncertain: false },
  'a transaction is aborted': LOST,
  'the connection is lost': LOST,
  'the connection is lost after the commit': LOST,
  'the storage fails with UnknownError': LOST,
  'a record cannot be read': { codes: ['io-error'], isRetried: false, isUncertain: false },
  'a record is cut short': { codes: ['corrupt'], isRetried: false, isUncertain: false },
  'a bit of a record is flipped': { codes: ['corrupt'], isRetried: false, isUncertain: false },
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
  const { codes, isRetried, isUncertain } = EXPECTED[fault]
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
    // A commit that was declared is kept, even if moving its parts has to wait.
    else if (failure !== undefined || acknowledged < STEPS.length) {
      expect(failure).toBeInstanceOf(DataSyncError)
      expect(codes).toContain((failure as DataSyncError).code)
    }
    faulty.repair()
    const stored = await storedSteps(name, `${name}, copy`)
    expect(await commitsIn(name), 'each commit was made once').toBe(stored)
    expect(stored - acknowledged === 0 || (isUncertain && stored - acknowledged === 1)).toBe(true)
    if (files === undefined || database === undefined || acknowledged === 0) return faulty.failures > 0

    // What could not be stored is given up, and the same connection to the storage goes on.
    cache.capacity = Infinity
    database.close()
    if (failure !== undefined) files.revert()
    const next = await failureOf(async () => {
      if (files === undefined) return
      await loadAll(files)
      database = openWal(path)
      expect(stepsIn(database)).toBe(acknowledged)
      for (const sql of STEPS.slice(acknowledged)) {
        await loadAll(files)
        database.exec(`begin immediate; ${sql}; commit`)
        await files.flush()
      }
    })
    if (stored === acknowledged) expect(next).toBe(undefined)
    // It cannot know which commit took its place.
    else if (next !== undefined) expect(next).toMatchObject({ code: 'fenced' })
    const after = next === undefined ? STEPS.length : stored
    expect(await storedSteps(name, `${name}, copy after`)).toBe(after)
    return faulty.failures > 0
  } finally {
    faulty.remove()
    if (database?.isOpen() === true) database.close()
    if (path !== '') vfs.unmount(path)
  }
}

const cases = (Object.keys(EXPECTED) as Fault[]).flatMap((fault) =>
  [false, true].map((lasting) => [fault, lasting] as const),
)

/** All calls in a long run; otherwise one in so many, beginning with another one in each case. */
const STRIDE = import.meta.env.MODE === 'long' ? 1 : 8

test.each(cases)('when %s (lasting: %s), at whichever call, nothing is lost', async (fault, lasting) => {
  let n = 1 + (cases.findIndex(([other, lasts]) => other === fault && lasts === lasting) % STRIDE)
  while (await runWithFault(fault, lasting, n)) n += STRIDE
  expect(n).toBeGreaterThan(STRIDE)
})
