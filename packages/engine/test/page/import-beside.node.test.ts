import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openTestDatabase } from './open-test-database.ts'

const ROWS = `
  with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000)
  insert into t select i, printf('%0300d', i) from n`

/** The files as they lie there at this moment, as after the death of the program. */
interface LeftFiles {
  readonly main: Uint8Array
  readonly journal: Uint8Array | undefined
  readonly wal: Uint8Array | undefined
}

describe('what lies beside a file that is imported', () => {
  test('is rolled back, if it is the journal of a transaction that never ended', async () => {
    const left = writeAndDie('pragma journal_mode = delete', (old) => {
      old.exec("pragma cache_size = 5; begin; update t set b = 'torn'; delete from t where a > 1000")
    })
    expect(left.journal?.length).toBeGreaterThan(100_000)
    const { main, journal } = left
    const db = await openTestDatabase()

    const report = await db.import(main, { journal: new Blob([copy(journal)]), countRows: true })

    expect(report.rows).toEqual(new Map([['t', 2000]]))
    expect(await db.get("select count(*) as n, sum(b = 'torn') as torn from t")).toEqual({ n: 2000, torn: 0 })
    expect(await db.get('pragma integrity_check')).toEqual({ integrity_check: 'ok' })
    await expect(torn(main)).resolves.not.toEqual({ n: 2000, torn: 0 })
  })

  test('counts, if it is a log with commits that the file does not have', async () => {
    const left = writeAndDie('pragma journal_mode = wal', (old) => {
      old.exec("pragma wal_autocheckpoint = 0; insert into t values (5000, 'only in the log')")
    })
    const { main, wal } = left
    const db = await openTestDatabase()

    await db.import(main, { wal: copy(wal) })

    expect(await db.get('select count(*) as n, max(b) as b from t')).toEqual({
      n: 2001,
      b: 'only in the log',
    })
    expect(await db.get('pragma journal_mode')).toEqual({ journal_mode: 'wal' })
  })

  test('is forgotten with the import, and with one that fails', async () => {
    const left = writeAndDie('pragma journal_mode = delete', (old) => {
      old.exec('pragma cache_size = 5; begin; delete from t')
    })
    const { main, journal } = left
    const db = await openTestDatabase()

    await expect(db.import(main, { journal: copy(journal), prepare: 'select none' })).rejects.toMatchObject({
      code: 'sql',
    })
    await db.import(main, { journal: copy(journal) })
    const after = await db.export()
    await db.run('delete from t where a > 10')
    await db.import(after)

    expect(await db.get('select count(*) as n from t')).toEqual({ n: 2000 })
  })

  test('has to be bytes', async () => {
    const db = await openTestDatabase()

    await expect(db.import(new Uint8Array(5000), { wal: 'log' as never })).rejects.toMatchObject({
      code: 'invalid-argument',
    })
  })
})

describe('a script that prepares what is imported', () => {
  test('is part of it', async () => {
    const old = await openTestDatabase()
    await old.exec('create table a (x); insert into a values (1); create table b (y)')
    const db = await openTestDatabase({ migrations: ['create table a (x)', 'create table c (z)'] })

    const { rows } = await db.import(await old.export(), {
      prepare: 'drop table b; insert into a values (2); pragma user_version = 1',
      countRows: true,
    })

    expect(rows).toEqual(new Map([['a', 2]]))
    expect(await db.query('select name from sqlite_schema order by name')).toEqual([
      { name: 'a' },
      { name: 'c' },
    ])
  })

  test.each([
    ['that fails', 'insert into a values (2); insert into nothing values (1)', 'sql'],
    ['that ends its transaction', 'insert into a values (2); commit', 'transaction-control'],
    ['that opens a file', "attach 'other' as other", 'attach-refused'],
  ])('%s leaves everything as it was', async (_, prepare, code) => {
    const old = await openTestDatabase()
    await old.exec('create table a (x); insert into a values (1)')
    const db = await openTestDatabase()
    await db.exec('create table mine (x); insert into mine values (7)')

    await expect(db.import(await old.export(), { prepare })).rejects.toMatchObject({ code })

    expect(await db.query('select * from mine')).toEqual([{ x: 7 }])
    await expect(db.import(await old.export())).resolves.toBeDefined()
  })
})

/** Reads the bytes without what lies beside them, to show that it is needed. */
async function torn(main: Uint8Array): Promise<unknown> {
  const db = await openTestDatabase()
  const imported = db.import(main).then(() => db.get("select count(*) as n, sum(b = 'torn') as torn from t"))
  return imported.catch((error: unknown) => error)
}

function writeAndDie(mode: string, write: (database: DatabaseSync) => void): LeftFiles {
  const folder = mkdtempSync(join(tmpdir(), 'datasync-import-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'old.sqlite3')
  const old = new DatabaseSync(path)
  old.exec(`${mode}; create table t (a integer primary key, b text); ${ROWS}`)
  write(old)
  const [main, journal, wal] = ['', '-journal', '-wal'].map((suffix) => readLeft(path, suffix))
  old.close()
  if (main === undefined) throw new Error('nothing was written')
  return { main, journal, wal }
}

function readLeft(path: string, suffix: string): Uint8Array | undefined {
  return existsSync(path + suffix) ? new Uint8Array(readFileSync(path + suffix)) : undefined
}

function copy(bytes: Uint8Array | undefined): Uint8Array<ArrayBuffer> {
  if (bytes === undefined) throw new Error('nothing lies beside the file')
  return new Uint8Array(bytes)
}
