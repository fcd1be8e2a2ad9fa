import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DatabaseFiles } from '../../src/worker/storage/block-store.ts'
import { guardFiles } from '../../src/worker/storage/guard-files.ts'
import { CrashFiles, type FilesWithWitness } from './crash-files.ts'
import { gatheredFiles } from './gathered-files.ts'
import { integrity, mount, open, reserveSums, vfs } from './sqlite-fixture.ts'

/** A workload, and how many calls into it the power is cut. */
interface Scenario {
  readonly mode: Mode
  readonly cacheSize: number
  readonly steps: readonly Step[]
  readonly crashes: readonly number[]
  readonly seed: number
}

type Mode = 'wal' | 'wal, guarded' | 'wal, gathered' | 'delete' | 'truncate' | 'persist'

type Step =
  'small' | 'large' | 'shrink' | 'sync' | 'undo' | 'passive' | 'restart' | 'truncate' | 'vacuum' | 'reopen'

const anyStep = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<Step>('small', 'large', 'shrink') },
  { weight: 3, arbitrary: fc.constant<Step>('sync') },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Step>('undo', 'passive', 'restart', 'truncate', 'vacuum', 'reopen'),
  },
)

function scenario(mode: Mode): fc.Arbitrary<Scenario> {
  return fc.record({
    mode: fc.constant(mode),
    cacheSize: fc.constantFrom(3, 1000),
    steps: fc.array(anyStep, { minLength: 5, maxLength: 40 }),
    crashes: fc.array(fc.nat(600), { minLength: 3, maxLength: 10 }),
    seed: fc.nat(),
  })
}

const COMMIT = 'insert into commits select coalesce(max(n), 0) + 1 from commits; commit'

const sqlOf: Record<Step, string> = {
  small: `begin; insert into item (text) values (printf('%0200d', random())); ${COMMIT}`,
  large: `begin; insert into item (text) select printf('%02000d', random()) from (values (1), (2), (3), (4), (5), (6));
          update item set text = text || 'x' where id % 3 = 0; ${COMMIT}`,
  shrink: `begin; delete from item where id % 2 = 0; ${COMMIT}`,
  undo: "begin; update item set text = printf('%01500d', id); rollback",
  sync: '',
  passive: 'pragma wal_checkpoint(passive)',
  restart: 'pragma wal_checkpoint(restart)',
  truncate: 'pragma wal_checkpoint(truncate)',
  vacuum: 'vacuum',
  reopen: '',
}

/** Runs the workload; calls `crash` with the number of durable commits and of all begun, before every call to a file. */
function run(files: FilesWithWitness, { mode, cacheSize, steps }: Scenario, progress: Progress): void {
  const [journal, guard] = mode.split(', ')
  const path = mount(opened(files, mode))
  const connect = (): ReturnType<typeof open> => {
    const database = open(path)
    database.exec('pragma page_size = 4096')
    if (guard !== undefined) reserveSums(database)
    // As the engine does: under WAL the log is synced for several commits at once.
    database.exec(`pragma journal_mode = ${journal}; pragma cache_size = ${cacheSize};
      pragma synchronous = ${journal === 'wal' ? 'normal' : 'full'}; pragma wal_autocheckpoint = 20`)
    return database
  }
  let database = connect()
  database.exec(`begin; create table item (id integer primary key, text); create index by_text on item (text);
    create table commits (n integer primary key); commit`)
  void vfs.syncLog(path)
  progress.ready = true
  for (const step of steps) {
    const commits = sqlOf[step].endsWith(COMMIT)
    if (commits) progress.begun++
    if (sqlOf[step] !== '') database.exec(sqlOf[step])
    if (commits && journal !== 'wal') progress.durable = progress.begun
    if (step === 'sync') {
      void vfs.syncLog(path)
      progress.durable = progress.begun
    }
    if (step === 'reopen') {
      database.close()
      database = connect()
    }
  }
  database.close()
  vfs.unmount(path)
}

function opened(files: FilesWithWitness, mode: Mode): DatabaseFiles {
  if (mode === 'wal, guarded') return guardFiles(files, files.witness, 'the database')
  if (mode === 'wal, gathered') return guardFiles(gatheredFiles(files), files.witness, 'the database')
  return files
}

interface Progress {
  /** Whether the tables are there for good. */
  ready: boolean
  durable: number
  begun: number
}

function expectSurvival(files: FilesWithWitness, mode: Mode, { ready, durable, begun }: Progress): void {
  const path = mount(opened(files, mode))
  const database = open(path)
  try {
    expect(integrity(database)).toBe('ok')
    const tables = database.selectValue("select count(*) from sqlite_schema where name = 'commits'")
    if (ready) expect(tables).toBe(1)
    if (tables === 0) return
    const commits = database.selectValues('select n from commits order by n')
    expect(commits).toEqual(commits.map((_, index) => index + 1))
    expect(commits.length).toBeGreaterThanOrEqual(durable)
    expect(commits.length).toBeLessThanOrEqual(begun)
    database.exec(sqlOf.large)
    expect(integrity(database)).toBe('ok')
  } finally {
    database.close()
    vfs.unmount(path)
  }
}

/** Numbers from 0 to 1 that follow from the seed alone (a linear congruential generator). */
function randomFrom(seed: number): () => number {
  let state = seed % 4_294_967_296
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

test.each(['wal', 'wal, guarded', 'wal, gathered', 'delete', 'truncate', 'persist'] as const)(
  'with journal_mode %s every synced commit survives a loss of power at any moment',
  (mode) => {
    let crashes = 0
    fc.assert(
      fc.property(scenario(mode), (plan) => {
        const progress: Progress = { ready: false, durable: 0, begun: 0 }
        const points = new Set(plan.crashes)
        const survivors: (readonly [FilesWithWitness, Progress])[] = []
        let calls = 0
        const random = randomFrom(plan.seed)
        const crashFiles = new CrashFiles(() => {
          if (!points.has(++calls)) return
          for (const luck of [random, random, () => 0, () => 1]) {
            survivors.push([crashFiles.survivors(luck), { ...progress }])
          }
        })
        run(crashFiles.files, plan, progress)
        for (const [files, then] of survivors) expectSurvival(files, mode, then)
        crashes += survivors.length
      }),
      { numRuns: 40 },
    )
    expect(crashes).toBeGreaterThan(100)
  },
)
