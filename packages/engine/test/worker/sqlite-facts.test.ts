import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { Connection } from '../../src/worker/sqlite/connection.ts'
import { loadSqlite } from '../../src/worker/sqlite/load-sqlite.ts'
import { splitTableKey } from '../../src/worker/sqlite/statement-access.ts'
import { MemoryFile } from '../../src/worker/storage/memory-file.ts'
import { Vfs } from '../../src/worker/storage/vfs.ts'
import { runNow } from '../support/run-now.ts'

// What change detection rests on, and what it has to make up for: should a later SQLite behave
// otherwise, it is told here, by name, and not by a live query that misses something.

const module = await loadSqlite()
const vfs = new Vfs(module)
let mounted = 0
let connection: Connection

beforeEach(() => {
  const path = `facts${++mounted}`
  const [main, wal, journal, incoming] = [1, 2, 3, 4].map(() => new MemoryFile()) as [
    MemoryFile,
    MemoryFile,
    MemoryFile,
    MemoryFile,
  ]
  vfs.mount(path, { main, wal, journal, incoming })
  connection = open(path)
})

function open(path: string): Connection {
  const opened = runNow(
    Connection.open({
      module,
      vfs: vfs.name,
      path,
      cachedStatements: 10,
      storageError: () => undefined,
      shouldStop: () => false,
    }),
  )
  onTestFinished(() => runNow(opened.close()))
  return opened
}

function run(...statements: readonly string[]): void {
  for (const sql of statements) {
    const statement = runNow(connection.prepare(sql))
    try {
      runNow(statement.drain())
    } finally {
      void connection.release(statement)
    }
  }
}

/** The columns that the authorizer is asked about, table by table. */
function readsOf(sql: string): Record<string, readonly string[]> {
  const statement = runNow(connection.prepare(sql))
  const reads = [...statement.access.reads].map(([key, columns]) => [
    Object.values(splitTableKey(key)).join('.'),
    [...columns].toSorted(),
  ])
  void connection.release(statement)
  return Object.fromEntries(reads) as Record<string, readonly string[]>
}

function writesOf(sql: string): Record<string, unknown> {
  const statement = runNow(connection.prepare(sql))
  const writes = [...statement.access.writes].map(([key, columns]) => [
    splitTableKey(key).table,
    columns === 'rows' ? columns : [...columns].toSorted(),
  ])
  void connection.release(statement)
  return Object.fromEntries(writes) as Record<string, unknown>
}

describe('the authorizer', () => {
  beforeEach(() => {
    run(
      'create table a (k integer, x text)',
      'create table b (k integer, y text)',
      'create view v as select x from a join b using (k)',
      'create table g (n integer, doubled integer generated always as (n * 2))',
      'create table u (id integer primary key, x integer unique)',
      'create table counted (id integer primary key autoincrement)',
    )
  })

  test('is asked about columns through views', () => {
    run('create view w as select y from b where k > 1')
    expect(readsOf('select y from w')).toEqual({ 'main.w': ['y'], 'main.b': ['k', 'y'] })
  })

  test('is not asked about the columns of USING and NATURAL, nor about a table that is read for them alone', () => {
    expect(readsOf('select x from a join b on a.k = b.k')).toEqual({ 'main.a': ['k', 'x'], 'main.b': ['k'] })
    expect(readsOf('select x from a join b using (k)')).toEqual({ 'main.a': ['x'] })
    expect(readsOf('select x from a natural join b')).toEqual({ 'main.a': ['x'] })
  })

  test('is told of a view that nothing is read of only as the one who asks', () => {
    const statement = runNow(connection.prepare('select count(*) from v'))
    expect([...statement.access.reads.keys()].map((key) => splitTableKey(key).table)).toEqual(['a'])
    expect([...statement.access.accessors]).toEqual(['v'])
    void connection.release(statement)
  })

  test('is told of count(*) as it is written, without a schema where none is', () => {
    expect(readsOf('select count(*) from A')).toEqual({ '*.A': [''] })
    expect(readsOf('select count(*) from MAIN.A')).toEqual({ 'MAIN.A': [''] })
  })

  test('is asked about a generated column and not about those that it is made of', () => {
    expect(readsOf('select doubled from g')).toEqual({ 'main.g': ['doubled'] })
    expect(writesOf('update g set n = 1')).toEqual({ g: ['n'] })
  })

  test('is not told of rows that an UPDATE replaces', () => {
    expect(writesOf('update or replace u set x = 1')).toEqual({ u: ['x'] })
  })

  test('is not told of the numbers of AUTOINCREMENT, nor are they counted', () => {
    expect(writesOf('insert into counted default values')).toEqual({ counted: 'rows' })
    run(
      'create table other (id integer primary key autoincrement, n unique)',
      'insert into other values (1, 1)',
    )
    const before = connection.totalChanges
    run('insert or ignore into other (n) values (1)')
    expect(connection.totalChanges).toBe(before)
    expect(runNow(connection.command("select seq from sqlite_sequence where name = 'other'"))).toEqual([[2]])
  })

  test('is told of what VACUUM and the function of a pragma do only as they run', () => {
    for (const sql of ['vacuum', "select * from pragma_table_info('a')"]) {
      const statement = runNow(connection.prepare(sql))
      const { transactionControl, schemaChange } = statement.access
      expect([transactionControl, schemaChange]).toEqual([false, false])
      runNow(statement.drain())
      if (sql === 'vacuum')
        expect(statement.access).toMatchObject({ transactionControl: true, schemaChange: true })
      void connection.release(statement)
    }
  })

  test('is told of the text that FTS5 keeps elsewhere once, and not for the next statement', () => {
    run(
      'create view texts as select rowid as id, x from a',
      "create virtual table f using fts5 (x, content='texts', content_rowid='id')",
      "insert into a values (1, 'apple')",
      "insert into f (f) values ('rebuild')",
    )
    const seen = ["select x from f where f match 'apple'", "select x from f ('apple')"].map((sql) => {
      const statement = runNow(connection.prepare(sql))
      runNow(statement.drain())
      const tables = [...statement.access.reads.keys()].map((key) => splitTableKey(key).table)
      void connection.release(statement)
      return tables.includes('a')
    })
    expect(seen).toEqual([true, false])
  })
})

describe('a rollback', () => {
  test('is also how SQLite begins to prepare a statement anew', () => {
    run('create table t (a)')
    const statement = runNow(connection.prepare('insert into t values (1)'))
    run('create table other (a)')
    const events: string[] = []
    let rolledBack = false
    Object.defineProperty(connection, 'rolledBack', {
      get: () => rolledBack,
      set: (value: boolean) => {
        events.push(value ? 'rollback' : 'commit')
        rolledBack = value
      },
    })
    expect(runNow(statement.drain())).toBe(true)
    void connection.release(statement)
    expect(events).toEqual(['rollback', 'commit'])
    expect(runNow(connection.command('select count(*) from t'))).toEqual([[1]])
  })

  test('to a savepoint is told by nobody', () => {
    run('begin', 'savepoint s', 'create table t (a)')
    connection.rolledBack = false
    run('rollback to s')
    expect(connection.rolledBack).toBe(false)
    run('commit')
  })
})

describe('the count of changed rows', () => {
  test('is kept of a statement that fails and keeps them', () => {
    run('create table t (a unique)')
    const before = connection.totalChanges
    expect(() => run('insert or fail into t values (1), (2), (1)')).toThrow()
    expect(connection.totalChanges - before).toBe(2n)
  })

  test('is lost where a value of the wrong type ends OR FAIL within a transaction', () => {
    run('create table t (a integer) strict', 'begin')
    const before = connection.totalChanges
    expect(() => run("insert or fail into t values (1), ('x')")).toThrow()
    expect(connection.totalChanges - before).toBe(0n)
    run('commit')
    expect(runNow(connection.command('select a from t'))).toEqual([[1]])
  })

  test('holds what triggers, cascades and truncation do', () => {
    run(
      'pragma foreign_keys = on',
      'create table p (id integer primary key)',
      'create table c (p references p on delete cascade)',
      'create table log (x)',
      'create trigger gone after delete on c begin insert into log values (1); end',
      'insert into p values (1)',
      'insert into c values (1), (1)',
    )
    const before = connection.totalChanges
    run('delete from p')
    expect(connection.totalChanges - before).toBe(5n)
  })
})

test('a statement that reads no table does not notice a change of the schema', () => {
  const rows = (top: number): string =>
    `with recursive n(x) as (select 1 union all select x + 1 from n where x < ${top}) select x from n`
  run(`create view v as ${rows(1)}`)
  const other = open(`facts${mounted}`)
  expect(runNow(other.command('select x from v'))).toEqual([[1]])
  run('drop view v', `create view v as ${rows(2)}`)
  expect(runNow(other.command('select x from v'))).toEqual([[1]])
  runNow(other.readSchema())
  expect(runNow(other.command('select x from v'))).toEqual([[1], [2]])
})

test('VACUUM INTO keeps the numbers of rows, which a plain VACUUM does not', () => {
  run('create table t (a)', 'insert into t (rowid, a) values (5, 1)')
  const path = `facts${mounted}-rebuilt`
  onTestFinished(vfs.mountScratch(path))
  runNow(connection.command('vacuum into ?', [path]))
  expect(runNow(open(path).command('select rowid from t'))).toEqual([[5]])
  runNow(connection.command('vacuum'))
  expect(runNow(connection.command('select rowid from t'))).toEqual([[1]])
})
