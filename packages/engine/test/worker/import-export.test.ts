import { beforeEach, describe, expect, test } from 'vitest'
import { openClient, type EngineClient } from '../support/engine-client.ts'
import { expectFresh, rerunsOf } from '../support/expect-fresh.ts'
import { askDatabase, makeDatabase } from '../support/make-database.ts'

const SCHEMA = `
  create table t (id integer primary key, a integer, b text);
  insert into t with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000)
    select i, i, printf('%0200d', i) from n;
`

let client: EngineClient

beforeEach(async () => {
  client = await openClient({ schema: SCHEMA })
})

describe('an export', () => {
  test('is a file that any SQLite opens', async () => {
    const bytes = await client.exportBytes()
    expect(askDatabase(bytes, 'pragma integrity_check')).toBe('ok')
    expect(askDatabase(bytes, 'select sum(a) from t')).toBe(2_001_000)
    expect(askDatabase(bytes, 'pragma journal_mode')).not.toBe('wal')
  })

  test('shows the database as it was when the export began', async () => {
    await client.request('exportOpen', { stream: 1 })
    await client.run('delete from t')
    const chunks: Uint8Array[] = []
    for (let isDone = false; !isDone;) {
      const { bytes, done } = await client.request('exportNext', { stream: 1 })
      chunks.push(bytes)
      isDone = done
      await client.run('insert into t (a) values (1)')
    }
    const bytes = new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer())
    expect(askDatabase(bytes, 'select count(*) from t')).toBe(2000)
  })

  test('shows nothing of an open transaction', async () => {
    const transaction = await client.begin()
    await client.run('delete from t', [], { transaction })
    expect(askDatabase(await client.exportBytes(), 'select count(*) from t')).toBe(2000)
    await client.commitTransaction(transaction)
    expect(askDatabase(await client.exportBytes(), 'select count(*) from t')).toBe(0)
  })

  test('that is left early gives its reader back', async () => {
    for (let stream = 0; stream < 20; stream++) {
      await client.request('exportOpen', { stream })
      await client.request('exportNext', { stream })
      await client.request('streamClose', { stream })
    }
    await expect(client.request('exportNext', { stream: 0 })).rejects.toMatchObject({ code: 'closed' })
  })

  test('of a database without content is a file without content', async () => {
    const empty = await openClient()
    const bytes = await empty.exportBytes()
    await client.import(bytes)
    expect(await client.value('select count(*) from sqlite_schema')).toBe(0)
  })
})

const OTHER = `
  create table t (a integer, note text);
  create virtual table f using fts5 (title);
  insert into t values (7, 'seven'), (8, 'eight');
  insert into f values ('apple');
  pragma user_version = 42;
`

describe('an import', () => {
  test.each([
    ['4 KiB', {}],
    ['512 bytes', { pageSize: 512 }],
    ['8 KiB', { pageSize: 8192 }],
    ['64 KiB', { pageSize: 65_536 }],
    ['4 KiB, in log mode', { inLogMode: true }],
    ['1 KiB, in log mode', { inLogMode: true, pageSize: 1024 }],
  ])('takes the place of everything there was: pages of %s', async (_, options) => {
    const sum = await client.observe('select sum(a) as total from t')
    const lost = await client.observe('select b from t where id = 1')
    const later = await client.observe("select title from f where f match 'apple'")
    await rerunsOf(client, () => client.import(makeDatabase(OTHER, options)))
    expect(sum.rows).toEqual([{ total: 15 }])
    expect(sum.runs.at(-1)?.cause).toEqual({ kind: 'imported' })
    expect(lost.error?.code).toBe('sql')
    expect(later.rows).toEqual([{ title: 'apple' }])
    expect(await client.value('pragma user_version')).toBe(42)
    expect(await client.value('pragma page_size')).toBe(4096)
    expect(await client.value('pragma journal_mode')).toBe('wal')
    expect(await client.value('pragma integrity_check')).toBe('ok')
    expect(await rerunsOf(client, 'update t set a = a + 1')).toEqual([sum.sql])
    expect(await rerunsOf(client, "insert into f values ('apple pie')")).toEqual([later.sql])
  })

  test('answers with the version of what was imported', async () => {
    await client.request('importOpen', null)
    await client.request('importChunk', { bytes: makeDatabase(OTHER) })
    expect(await client.request('importFinish', {})).toEqual({ userVersion: 42, rows: undefined })
  })

  test('takes back what was exported', async () => {
    const bytes = await client.exportBytes()
    await client.exec('drop table t')
    await client.import(bytes, 1000)
    expect(await client.value('select sum(a) from t')).toBe(2_001_000)
  })

  test('waits for the transaction that is open, and lets snapshots be', async () => {
    const reader = await client.begin({ readonly: true })
    const writer = await client.begin()
    const imported = client.import(makeDatabase(OTHER))
    await client.run('update t set a = 0', [], { transaction: writer })
    await client.commitTransaction(writer)
    await imported
    expect(await client.value('select sum(a) from t')).toBe(15)
    expect(await client.value('select sum(a) from t', { transaction: reader })).toBe(2_001_000)
    await client.commitTransaction(reader)
  })

  test('of a database with ten times the pages, and of one with a tenth', async () => {
    const large = makeDatabase(
      `${SCHEMA} insert into t select null, a, b from t, (values (1), (2), (3), (4), (5))`,
    )
    await client.import(large)
    expect(await client.value('select count(*) from t')).toBe(12_000)
    await client.import(makeDatabase('create table t (a)'))
    expect(await client.value('select count(*) from t')).toBe(0)
    expect(await client.value('pragma integrity_check')).toBe('ok')
  })

  test.each([
    ['garbage', (): Uint8Array => new Uint8Array(10_000).fill(7), 'not-a-database'],
    ['nothing at all', (): Uint8Array => new Uint8Array(0), 'not-a-database'],
    ['a text', (): Uint8Array => new TextEncoder().encode('SQLite format 2 and some more'), 'not-a-database'],
    ['a header with garbage behind it', (): Uint8Array => garbageBehindHeader(), 'not-a-database'],
    ['the first half of a file', (): Uint8Array => half(makeDatabase(SCHEMA)), 'corrupt'],
    ['a file of which a page is overwritten', (): Uint8Array => overwritten(makeDatabase(SCHEMA)), 'corrupt'],
    ['the header alone', (): Uint8Array => makeDatabase(SCHEMA).slice(0, 100), 'corrupt'],
    ['the magic alone', (): Uint8Array => makeDatabase(SCHEMA).slice(0, 16), 'not-a-database'],
  ])('of %s is refused and changes nothing', async (_, bytes, code) => {
    const probe = await client.observe('select sum(a) as total from t')
    await expect(client.import(bytes())).rejects.toMatchObject({ code })
    await expectFresh(client)
    expect(probe.rows).toEqual([{ total: 2_001_000 }])
    expect(await rerunsOf(client, 'update t set a = 1')).toEqual([probe.sql])
    await client.import(makeDatabase(OTHER))
    expect(probe.rows).toEqual([{ total: 15 }])
  })

  test('that was not begun cannot go on', async () => {
    await expect(client.request('importFinish', {})).rejects.toMatchObject({ code: 'closed' })
    await expect(client.request('importChunk', { bytes: new Uint8Array(1) })).rejects.toMatchObject({
      code: 'closed',
    })
  })

  test('that was left half-way is forgotten by the next', async () => {
    await client.request('importOpen', null)
    await client.request('importChunk', { bytes: new Uint8Array(100_000).fill(1) })
    await client.import(makeDatabase(OTHER))
    expect(await client.value('select sum(a) from t')).toBe(15)
  })

  test('beside temporary tables and an attached database', async () => {
    await client.request('attach', { name: 'beside', schema: 'beside' })
    await client.exec('create table beside.u (x); insert into beside.u values (1); create temp table s (y)')
    const attached = await client.observe('select x from u')
    await rerunsOf(client, () => client.import(makeDatabase(OTHER)))
    expect(attached.rows).toEqual([{ x: 1 }])
    expect(await rerunsOf(client, 'update u set x = 2')).toEqual([attached.sql])
    expect(await client.value('select sum(a) from t')).toBe(15)
  })
})

function half(bytes: Uint8Array): Uint8Array {
  return bytes.slice(0, bytes.length / 2)
}

function overwritten(bytes: Uint8Array): Uint8Array {
  return bytes.fill(0xff, 3 * 4096, 4 * 4096)
}

function garbageBehindHeader(): Uint8Array {
  const bytes = new Uint8Array(10_000).fill(7)
  bytes.set(new TextEncoder().encode('SQLite format 3\0'))
  return bytes
}
