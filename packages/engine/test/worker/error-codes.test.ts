import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { PROTOCOL_VERSION, type WorkerMessage } from '../../src/link/protocol.ts'
import type { SqlParameters } from '../../src/values.ts'
import { createEngine } from '../../src/worker/engine.ts'
import { EngineClient, openClient } from '../support/engine-client.ts'
import { chooseStore } from '../../src/worker/storage/choose-store.ts'
import { memoryStore } from '../../src/worker/storage/memory-store.ts'
import { OPEN_DEFAULTS } from '../support/open-defaults.ts'

const SCHEMA = `
  create table parent (id integer primary key);
  create table t (
    id integer primary key,
    u integer unique,
    n integer not null default 0,
    positive integer check (positive > 0),
    parent_id integer references parent (id)
  );
  create table strict_t (i integer) strict;
  create trigger guard before insert on parent when new.id = 13 begin select raise (abort, 'unlucky'); end;
  insert into t (id, u) values (1, 1);
`

const endless = 'with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n'

/** What goes wrong, the code that it has, and what else the error tells. */
const failures: readonly (readonly [sql: string, code: string, detail: object])[] = [
  ['select nothing from t', 'sql', { offset: 7, sql: 'select nothing from t' }],
  ["select 'ä', 1 frm t", 'sql', { offset: 18 }],
  ['selec 1', 'sql', { offset: 0 }],
  ['select * from nowhere', 'sql', {}],
  ['', 'sql', {}],
  ['-- nothing', 'sql', {}],
  ['select 1; select 2', 'sql', {}],
  ['select abs(-9223372036854775808)', 'sql', {}],
  ['insert into t (u) values (1)', 'constraint', { constraint: 'unique' }],
  ['insert into t (id) values (1)', 'constraint', { constraint: 'primary key' }],
  ['insert into t (n) values (null)', 'constraint', { constraint: 'not null' }],
  ['insert into t (positive) values (-1)', 'constraint', { constraint: 'check' }],
  ['insert into t (parent_id) values (99)', 'constraint', { constraint: 'foreign key' }],
  ["insert into strict_t values ('x')", 'constraint', { constraint: 'datatype' }],
  ['insert into parent values (13)', 'constraint', { constraint: 'trigger' }],
  ['commit', 'transaction-control', {}],
  ['begin', 'transaction-control', {}],
  ['savepoint s', 'transaction-control', {}],
  ["attach 'elsewhere' as x", 'attach-refused', {}],
  ['pragma journal_mode = delete', 'pragma-refused', {}],
  ['pragma page_size = 512', 'pragma-refused', {}],
  ['pragma main.synchronous = off', 'pragma-refused', {}],
  ['pragma writable_schema(1)', 'pragma-refused', {}],
  ['select zeroblob(2000000000)', 'too-big', {}],
]

describe.each(['auto', 'write'] as const)('in the lane %s', (lane) => {
  test.each(failures)('"%s" fails with %s', async (sql, code, detail) => {
    const client = await openClient({ schema: SCHEMA })
    await expect(client.execute(sql, [], { lane })).rejects.toMatchObject({ code, detail })
    expect(await client.value('select count(*) from t')).toBe(1)
    const transaction = await client.begin()
    await expect(client.execute(sql, [], { lane, transaction })).rejects.toMatchObject({ code, detail })
    await client.run('insert into t (u) values (2)', [], { transaction })
    await client.commitTransaction(transaction)
    expect(await client.value('select count(*) from t')).toBe(2)
  })

  // What kinds of values can be bound, the page checks before it sends them.
  test.each<readonly [string, string, SqlParameters]>([
    ['too few', 'select ?', []],
    ['too many', 'select ?', [1, 2]],
    ['no name', 'select :a', {}],
    ['another name', 'select :a', { b: 1 }],
  ])('parameters that cannot be bound, %s, fail with invalid-parameter', async (_, sql, parameters) => {
    const client = await openClient({ schema: SCHEMA })
    const failing = client.execute(sql, parameters, { lane })
    await expect(failing).rejects.toMatchObject({ code: 'invalid-parameter' })
    expect(await client.value('select 1')).toBe(1)
  })

  test('a caret shows the place, also in a later line behind wide characters', async () => {
    const client = await openClient({ schema: SCHEMA })
    const sql = "select '😀',\n\t'ü', nothing\nfrom t"
    const error = await client.execute(sql, [], { lane }).catch((cause: unknown) => cause)
    expect(error).toMatchObject({ code: 'sql', detail: { offset: sql.indexOf('nothing') } })
    expect(String(error)).toContain("\n  \t'ü', nothing\n  \t     ^\n")
  })
})

test('an error in a script tells its place in the script', async () => {
  const client = await openClient({ schema: SCHEMA })
  const script = "insert into t (u) values (5);\nselect 'ä'; select nothing from t;\nselect 1"
  const error = await client.exec(script).catch((cause: unknown) => cause)
  expect(error).toMatchObject({ code: 'sql', detail: { sql: script, offset: script.indexOf('nothing') } })
  expect(String(error)).toContain(`\n  select 'ä'; select nothing from t;\n${' '.repeat(2 + 19)}^\n`)
})

test('the pages of the file cannot be written', async () => {
  const client = await openClient({ schema: SCHEMA })
  for (const sql of [
    'update sqlite_dbpage set data = zeroblob(4096) where pgno = 2',
    'insert into sqlite_dbpage (pgno, data) values (1, zeroblob(4096))',
    'delete from SQLITE_DBPAGE',
  ]) {
    await expect(client.run(sql), sql).rejects.toMatchObject({ code: 'sql' })
  }
  expect(await client.value('pragma integrity_check')).toBe('ok')
})

test('VACUUM INTO a file is refused', async () => {
  const client = await openClient({ schema: SCHEMA })
  await expect(client.run("vacuum into 'elsewhere'")).rejects.toMatchObject({ code: 'attach-refused' })
  expect(await client.value('select count(*) from t')).toBe(1)
})

test('a live query may only read', async () => {
  const client = await openClient({ schema: SCHEMA })
  for (const sql of [
    'delete from t',
    'insert into t (u) values (9) returning id',
    'create table x (y)',
    'begin',
    'vacuum',
    'pragma cache_size = 5',
    'pragma optimize',
    "attach ':memory:' as x",
  ]) {
    const probe = await client.observe(sql)
    expect(probe.error, sql).toMatchObject({ code: 'not-read-only' })
  }
  const refused = await client.observe('pragma journal_mode = delete')
  expect(refused.error).toMatchObject({ code: 'pragma-refused' })
  expect(await client.value('select count(*) from t')).toBe(1)
  expect(await client.value('select count(*) from pragma_database_list')).toBe(1)
})

test('the version of the schema belongs to the migrations where there are some', async () => {
  const client = await openClient({ schema: SCHEMA, migrations: 1 })
  await expect(client.run('pragma user_version = 9')).rejects.toMatchObject({ code: 'pragma-refused' })
  expect(await client.value('pragma user_version')).toBe(0)
})

test('running out of memory ends one statement', async () => {
  const client = await openClient({ schema: SCHEMA })
  const gigabyte = "printf('%.*c', 999999999, 'x')"
  const failing = client.execute(`select length(max(${gigabyte}, ${gigabyte}, ${gigabyte}, ${gigabyte}))`)
  await expect(failing).rejects.toMatchObject({ code: 'out-of-memory' })
  expect(await client.value('select count(*) from t')).toBe(1)
})

test.each(['indexeddb', 'opfs', 'auto'] as const)('storage %s is not to be had in Node', async (storage) => {
  vi.stubGlobal('indexedDB', undefined)
  onTestFinished(() => void vi.unstubAllGlobals())
  const chosen = chooseStore({ ...OPEN_DEFAULTS, name: 'nowhere', storage }, () => undefined)
  await expect(chosen).rejects.toMatchObject({ code: 'storage-unavailable' })
})

test.each(['', '\ud800'])('%j is no name for a database', async (name) => {
  await expect(openClient({ name })).rejects.toMatchObject({ code: 'invalid-name' })
})

test('a page that speaks another protocol is told so', () => {
  const messages: WorkerMessage[] = []
  const engine = createEngine({
    post: (message) => messages.push(message),
    schedule: (task) => setImmediate(task),
    now: () => performance.now(),
    chooseStore: async () => memoryStore(),
  })
  const requests = [{ id: 1, type: 'close', payload: null }] as const
  engine.receive({ version: PROTOCOL_VERSION + 1, requests, oldest: 1 })
  expect(messages[0]?.replies[0]).toMatchObject({ id: 1, ok: false, error: { code: 'worker-failed' } })
})

test('before it is opened, everything is closed', async () => {
  const client = new EngineClient()
  await expect(client.query('select 1')).rejects.toMatchObject({ code: 'closed' })
  await client.request('close', null)
})

test('an abort ends a statement that is running, where page and worker share memory', async () => {
  const interrupt = new SharedArrayBuffer(4)
  const client = await openClient({ schema: SCHEMA, interrupt })
  onTestFinished(() => {
    Atomics.store(new Int32Array(interrupt), 0, 0)
  })
  for (const lane of ['auto', 'write'] as const) {
    // The request is served as it is sent: its number has to be there before.
    Atomics.store(new Int32Array(interrupt), 0, client.lastRequest + 1)
    await expect(client.execute(endless, [], { lane })).rejects.toMatchObject({ code: 'aborted' })
    expect(await client.value('select count(*) from t')).toBe(1)
  }
})
