import { beforeEach, describe, expect, test } from 'vitest'
import { openClient, type EngineClient } from '../support/engine-client.ts'
import { expectFresh, rerunsOf } from '../support/expect-fresh.ts'
import type { LiveProbe } from '../support/live-probe.ts'

const SCHEMA = `
  create table t (id integer primary key, a integer unique, b text not null default '');
  create table guarded (x integer);
  create table parent (id integer primary key);
  create table child (parent_id integer references parent (id) deferrable initially deferred);
  create trigger guard before insert on guarded begin
    select case new.x
      when 1 then raise (rollback, 'rolled back')
      when 2 then raise (abort, 'aborted')
      when 3 then raise (fail, 'failed')
      when 4 then raise (ignore)
    end;
  end;
  insert into t (id, a) values (1, 1), (2, 2), (3, 3), (10, 10);
`

const T = 'select id, a from t order by id'

let client: EngineClient
let probe: LiveProbe

beforeEach(async () => {
  client = await openClient({ schema: SCHEMA })
  probe = await client.observe(T)
  await client.observe('select count(*) as n from guarded')
  await client.observe('select count(*) as n from child')
})

/** Runs what is meant to fail. */
async function fail(sql: string, transaction?: number): Promise<void> {
  await expect(client.run(sql, [], { transaction }), sql).rejects.toThrow()
}

test('OR FAIL keeps what it did before it failed, and that is shown', async () => {
  expect(await rerunsOf(client, () => fail('update or fail t set a = a + 8 where id < 3'))).toEqual([T])
  expect(probe.rows).toEqual([
    { id: 1, a: 9 },
    { id: 2, a: 2 },
    { id: 3, a: 3 },
    { id: 10, a: 10 },
  ])
})

test('RAISE(FAIL) in a trigger of a trigger keeps what the first one did', async () => {
  await client.exec(`
    create table start (x);
    create table middle (x);
    create trigger first before insert on start begin
      update t set a = a + 100 where id = 1;
      insert into middle values (1);
    end;
    create trigger second before insert on middle begin select raise (fail, 'failed'); end;
  `)
  expect(await rerunsOf(client, () => fail('insert into start values (1)'))).toEqual([T])
  expect(probe.rows[0]).toEqual({ id: 1, a: 101 })
})

test('OR FAIL within a transaction', async () => {
  const transaction = await client.begin()
  await fail('update or fail t set a = a + 8 where id < 3', transaction)
  expect(await rerunsOf(client, () => client.commitTransaction(transaction))).toEqual([T])
  expect(probe.rows[0]).toEqual({ id: 1, a: 9 })
})

test('OR FAIL, right after a change of the schema', async () => {
  await client.exec('create index t_b on t (b)')
  expect(await rerunsOf(client, () => fail('update or fail t set a = a + 8 where id < 3'))).toEqual([T])
})

// Found by the property test: seed 2139859418.
test('a value of the wrong type ends OR FAIL: a transaction keeps the rows before it, which SQLite does not count', async () => {
  await client.exec('create table typed (k any unique, n integer) strict')
  const typed = await client.observe('select k from typed')
  const write = "insert or fail into typed values (3, 3), (4, 'a')"
  expect(await rerunsOf(client, () => fail(write))).toEqual([])
  const transaction = await client.begin()
  await fail(write, transaction)
  expect(await rerunsOf(client, () => client.commitTransaction(transaction))).toEqual([typed.sql])
  expect(typed.rows).toEqual([{ k: 3 }])
})

test('OR ABORT keeps nothing', async () => {
  expect(await rerunsOf(client, () => fail('update t set a = a + 8 where id < 3'))).toEqual([])
  expect(await rerunsOf(client, () => client.run('update t set a = -a'))).toEqual([T])
})

test('OR ROLLBACK ends the transaction with all that came before', async () => {
  const transaction = await client.begin()
  await client.run('update t set a = -a', [], { transaction })
  await fail('insert or rollback into t values (1, 99, 0)', transaction)
  await expect(client.run('update t set a = 50 where id = 1', [], { transaction })).rejects.toMatchObject({
    code: 'transaction-closed',
  })
  expect(await rerunsOf(client, () => client.rollback(transaction))).toEqual([])
  expect(await rerunsOf(client, () => client.run('update t set a = 50 where id = 1'))).toEqual([T])
})

describe('in a trigger', () => {
  const before = 'update t set a = -a'

  test('RAISE(ROLLBACK) ends the transaction with all that came before', async () => {
    const transaction = await client.begin()
    await client.run(before, [], { transaction })
    await fail('insert into guarded values (1)', transaction)
    await expectFresh(client)
    await expect(client.commitTransaction(transaction)).rejects.toMatchObject({ code: 'transaction-closed' })
    await client.rollback(transaction)
    expect(probe.deliveries).toHaveLength(1)
    expect(await rerunsOf(client, () => client.run(before))).toEqual([T])
  })

  test('RAISE(ROLLBACK) in the middle of a script', async () => {
    await expect(client.exec(`begin; ${before}; insert into guarded values (1); commit`)).rejects.toThrow()
    await expectFresh(client)
    expect(probe.deliveries).toHaveLength(1)
    expect(await rerunsOf(client, () => client.run(before))).toEqual([T])
  })

  test.each([
    ['ABORT', 2, 0],
    ['FAIL', 3, 1],
    ['IGNORE', 4, 2],
  ])('RAISE(%s) leaves the transaction open', async (_, x, kept) => {
    const transaction = await client.begin()
    await client.run(before, [], { transaction })
    const write = client.run(`insert into guarded values (7), (${x}), (8)`, [], { transaction })
    if (kept < 2) await expect(write).rejects.toThrow()
    else await write
    await rerunsOf(client, () => client.commitTransaction(transaction))
    expect(probe.rows[0]).toEqual({ id: 1, a: -1 })
    expect(await client.value('select count(*) from guarded')).toBe(kept)
  })
})

test('a script that fails half-way outside of a transaction keeps what stood before', async () => {
  const script =
    'update t set a = 50 where id = 1; insert into t values (1, 1, 1); update t set a = 60 where id = 2'
  expect(await rerunsOf(client, () => client.exec(script).catch(() => undefined))).toEqual([T])
  expect(probe.rows[0]).toEqual({ id: 1, a: 50 })
})

test('a script that fails within its own transaction leaves none open', async () => {
  const script = 'begin; update t set a = 50 where id = 1; insert into t values (1, 1, 1); commit'
  await expect(client.exec(script)).rejects.toMatchObject({ code: 'constraint' })
  expect(await rerunsOf(client, () => client.run('update t set a = 70 where id = 1'))).toEqual([T])
  const transaction = await client.begin()
  expect(await rerunsOf(client, () => client.rollback(transaction))).toEqual([])
  expect(await client.value('select a from t where id = 1')).toBe(70)
})

test('a script that ends within its own transaction is undone', async () => {
  await expect(client.exec('begin; update t set a = 50 where id = 1')).rejects.toMatchObject({
    code: 'transaction-control',
  })
  await expectFresh(client)
  expect(await rerunsOf(client, () => client.run('update t set a = 70 where id = 1'))).toEqual([T])
})

test('a script may undo parts of its own transaction', async () => {
  await rerunsOf(client, () =>
    client.exec(`
      begin;
      update t set a = 50 where id = 1;
      savepoint inner;
      update t set a = 60 where id = 2;
      rollback to inner;
      release inner;
      commit;
      begin;
      update t set a = 70 where id = 3;
      rollback;
    `),
  )
  expect(probe.rows.map(({ a }) => a)).toEqual([50, 2, 3, 10])
  const { deliveries } = probe
  await rerunsOf(client, () => client.exec('begin; update t set a = 80 where id = 3; rollback'))
  expect(probe.deliveries).toBe(deliveries)
})

test('a commit that a deferred foreign key forbids is none', async () => {
  const transaction = await client.begin()
  await client.run('update t set a = 50 where id = 1', [], { transaction })
  await client.run('insert into child values (99)', [], { transaction })
  await expect(client.commitTransaction(transaction)).rejects.toMatchObject({ code: 'constraint' })
  await expectFresh(client)
  // The transaction is as it was: its owner can still mend it.
  await client.run('insert into parent values (99)', [], { transaction })
  await rerunsOf(client, () => client.commitTransaction(transaction))
  expect(probe.rows[0]).toEqual({ id: 1, a: 50 })
  expect(await client.value('select count(*) from child')).toBe(1)
})

test('a batch is kept whole or not at all', async () => {
  const statements = ['update t set a = 50 where id = 1', 'insert into t values (1, 1, 1)']
  expect(await rerunsOf(client, () => client.batch(statements).catch(() => undefined))).toEqual([])
  const deferred = ['update t set a = 50 where id = 1', 'insert into child values (99)']
  expect(await rerunsOf(client, () => client.batch(deferred).catch(() => undefined))).toEqual([])
  expect(await rerunsOf(client, () => client.batch(['update t set a = 50 where id = 1']))).toEqual([T])
})

test('a statement that cannot be prepared or bound changes nothing for those after it', async () => {
  for (const call of [
    () => client.run('update nothing set a = 1'),
    () => client.run('update t set a = ?', []),
    () => client.run('update t set a = 1; update t set a = 2'),
    () => client.run('commit'),
    () => client.run(''),
  ]) {
    await expect(call()).rejects.toThrow()
  }
  expect(await rerunsOf(client, () => client.run('update t set a = 50 where id = 1'))).toEqual([T])
})
