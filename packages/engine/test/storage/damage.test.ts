import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DataSyncError } from '../../src/errors.ts'
import { anyDamage, damage, type Damage } from './damage.ts'
import {
  copyFiles,
  newFiles,
  openGuarded,
  type GuardedDatabase,
  type GuardedFiles,
} from './guarded-fixture.ts'
import { sqlite3, vfs } from './sqlite-fixture.ts'

type Step =
  'row' | 'rows' | 'zeros' | 'change' | 'delete' | 'undo' | 'flush' | 'passive' | 'restart' | 'truncate'

const sqlOf: Record<Step, string> = {
  row: "insert into item (text) values (printf('%0200d', random()))",
  rows: "insert into item (text) select printf('%0900d', random()) from (values (1), (2), (3), (4), (5), (6))",
  // Ends in pages of nothing but zeros.
  zeros: 'insert into item (text, data) values (random(), cast(randomblob(3000) || zeroblob(20000) as blob))',
  change: "update item set text = text || 'x', data = randomblob(9000) where id % 5 = abs(random()) % 5",
  delete: 'delete from item where id % 3 = 0',
  undo: "begin; update item set text = printf('%01500d', id); rollback",
  flush: '',
  passive: 'pragma wal_checkpoint(passive)',
  restart: 'pragma wal_checkpoint(restart)',
  truncate: 'pragma wal_checkpoint(truncate)',
}
const COMMITS: readonly Step[] = ['row', 'rows', 'zeros', 'change', 'delete']

interface Scenario {
  readonly steps: readonly Step[]
  readonly isClosed: boolean
  readonly damages: readonly Damage[]
}

const anyScenario: fc.Arbitrary<Scenario> = fc.record({
  steps: fc.array(
    fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...COMMITS) },
      { weight: 3, arbitrary: fc.constant<Step>('flush') },
      { weight: 1, arbitrary: fc.constantFrom<Step>('undo', 'passive', 'restart', 'truncate') },
    ),
    { minLength: 3, maxLength: 25 },
  ),
  isClosed: fc.boolean(),
  damages: fc.array(anyDamage, { minLength: 10, maxLength: 25 }),
})

/** All that can be read, by way of the table and by way of its index. */
function readAll(database: GuardedDatabase['database']): string {
  const rows = database.selectArrays('select id, text, hex(data) from item order by id')
  const indexed = database.selectArrays('select text, id from item indexed by by_text order by text, id')
  return JSON.stringify([rows, indexed])
}

/** Commits and checkpoints; returns the files, and what may be found in them: from what was flushed on. */
function build({ steps, isClosed }: Scenario): {
  readonly files: GuardedFiles
  readonly states: readonly string[]
} {
  const files = newFiles()
  const { database, path, close } = openGuarded(files)
  database.exec(
    'create table item (id integer primary key, text text, data); create index by_text on item (text)',
  )
  void vfs.syncLog(path)
  let states = [readAll(database)]
  for (const step of steps) {
    if (step !== 'flush') database.exec(sqlOf[step])
    else void vfs.syncLog(path)
    if (COMMITS.includes(step)) states.push(readAll(database))
    else if (step === 'flush') states = states.slice(-1)
  }
  if (isClosed) close()
  const left = copyFiles(files)
  if (!isClosed) close()
  return { files: left, states: isClosed ? states.slice(-1) : states }
}

/** Opens the files and reads everything: the content, or the code of the error. */
function outcome(files: GuardedFiles): { readonly content: string } | { readonly code: string } {
  vfs.takeLastError()
  try {
    const { database, close } = openGuarded(files)
    try {
      database.selectValues('pragma integrity_check')
      return { content: readAll(database) }
    } finally {
      close()
    }
  } catch (error) {
    return { code: codeOfError(error) }
  }
}

function codeOfError(error: unknown): string {
  if (error instanceof DataSyncError) return error.code
  if (!(error instanceof sqlite3.SQLite3Error)) throw error
  const { SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_IOERR_DATA } = sqlite3.capi
  if (error.resultCode === SQLITE_IOERR_DATA) return vfs.takeLastError()?.code ?? 'lost'
  if (error.resultCode === SQLITE_NOTADB) return 'not-a-database'
  return (error.resultCode & 0xff) === SQLITE_CORRUPT ? 'corrupt' : String(error)
}

test('what was damaged between two sessions is an error, or is not missed', { timeout: 600_000 }, () => {
  const seen = new Map<string, number>()
  const runs = import.meta.env.MODE === 'long' ? 2000 : 60
  fc.assert(
    fc.property(anyScenario, (scenario) => {
      const { files, states } = build(scenario)
      expect(states).toContain((outcome(copyFiles(files)) as { content?: string }).content)
      for (const one of scenario.damages) {
        const damaged = copyFiles(files)
        if (!damage(damaged[one.role], one)) continue
        const found = outcome(damaged)
        if ('content' in found) expect(states).toContain(found.content)
        else expect(['corrupt', 'not-a-database']).toContain(found.code)
        const key = `${one.role} ${one.kind} ${'content' in found ? 'is harmless' : 'is refused'}`
        seen.set(key, (seen.get(key) ?? 0) + 1)
      }
    }),
    { numRuns: runs },
  )
  for (const role of ['main', 'wal'])
    for (const kind of ['flip', 'cut', 'swap', 'zero'])
      expect(seen.get(`${role} ${kind} is refused`) ?? 0, `${role} ${kind}`).toBeGreaterThan(0)
})

test('what is damaged while the database is open is an error, or is not missed', { timeout: 600_000 }, () => {
  let found = 0
  fc.assert(
    fc.property(anyScenario, ({ steps, damages }) => {
      for (const one of damages.slice(0, 5)) {
        const files = newFiles()
        const { database, close } = openGuarded(files)
        database.exec(
          'create table item (id integer primary key, text text, data); create index by_text on item (text)',
        )
        for (const step of steps) if (sqlOf[step] !== '') database.exec(sqlOf[step])
        const expected = readAll(database)
        const isChanged = damage(files[one.role], one)
        vfs.takeLastError()
        try {
          expect(readAll(database)).toBe(expected)
        } catch (error) {
          expect(isChanged).toBe(true)
          expect(['corrupt', 'not-a-database']).toContain(codeOfError(error))
          found++
        }
        // The last checkpoint may come upon the damage too.
        close()
      }
    }),
    { numRuns: import.meta.env.MODE === 'long' ? 1000 : 100 },
  )
  expect(found).toBeGreaterThan(5)
})

test(
  'a log that SQLite flushed by itself before a checkpoint is not taken to end before that',
  { timeout: 600_000 },
  () => {
    const steps: readonly Step[] = ['row', 'rows', 'restart', 'delete', 'flush', 'change', 'passive']
    const { files, states } = build({ steps, isClosed: false, damages: [] })
    for (let part = 0; part < 200; part++) {
      const damaged = copyFiles(files)
      damage(damaged.wal, { role: 'wal', kind: 'flip', place: part / 200, otherPlace: 0 })
      const found = outcome(damaged)
      if ('content' in found) expect(states).toContain(found.content)
      else expect(['corrupt', 'not-a-database']).toContain(found.code)
    }
  },
)
