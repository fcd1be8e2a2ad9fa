import { beforeEach, expect, test } from 'vitest'
import { openClient, type EngineClient } from '../support/engine-client.ts'
import { rerunsOf } from '../support/expect-fresh.ts'

// What SQLite writes or reads without a word to its authorizer, or without counting it as a change.

let client: EngineClient

beforeEach(async () => {
  client = await openClient()
})

test('numbers of AUTOINCREMENT, which SQLite keeps in sqlite_sequence', async () => {
  await client.exec('create table t (id integer primary key autoincrement, u unique)')
  const { sql } = await client.observe('select name, seq from sqlite_sequence order by name')
  expect(await rerunsOf(client, 'insert into t (u) values (1)')).toEqual([sql])
  expect(await rerunsOf(client, 'insert into t (id, u) values (100, 2)')).toEqual([sql])
  expect(await rerunsOf(client, 'insert or replace into t (u) values (1)')).toEqual([sql])
  await rerunsOf(client, 'insert or ignore into t (u) values (1)')
  await rerunsOf(client, 'insert into t (u) values (1) on conflict do nothing')
  await rerunsOf(client, 'insert into t (id, u) values (500, 1) on conflict do nothing')
  await rerunsOf(client, 'insert or ignore into t (id, u) values (900, 1)')
  await rerunsOf(client, 'delete from sqlite_sequence')
  expect(await rerunsOf(client, 'insert into t (u) values (3)')).toEqual([sql])
})

test('the number of one table, asked for by its name', async () => {
  await client.exec('create table t (id integer primary key autoincrement, u unique)')
  await client.exec('insert into t (u) values (1)')
  const { sql } = await client.observe("select distinct seq from sqlite_sequence where name = 't'")
  expect(await rerunsOf(client, 'insert into t (u) values (2)')).toEqual([sql])
})

test('numbers of AUTOINCREMENT that only a trigger used', async () => {
  await client.exec(`
    create table counted (id integer primary key autoincrement, x);
    create table t (x);
    create trigger count_t after insert on t begin insert into counted (x) values (new.x); end;
  `)
  const { sql } = await client.observe('select seq from sqlite_sequence')
  expect(await rerunsOf(client, 'insert into t values (1)')).toEqual([sql])
})

test('ANALYZE changes nothing for those who read no statistics', async () => {
  await client.exec('create table t (a); create index t_a on t (a); insert into t values (1); analyze')
  await client.observe('select a from t')
  expect(await rerunsOf(client, 'analyze')).toEqual([])
  expect(await rerunsOf(client, 'analyze t')).toEqual([])
})

test('statistics, which ANALYZE writes', async () => {
  await client.exec(`
    create table t (a, b); create index t_a on t (a); create index t_b on t (b);
    create table u (a); create index u_a on u (a);
    insert into t values (1, 1), (1, 2); insert into u values (1);
    analyze t;
  `)
  const { sql } = await client.observe('select tbl, idx, stat from sqlite_stat1 order by 1, 2')
  expect(await rerunsOf(client, 'analyze u')).toContain(sql)
  await client.exec('insert into t values (1, 3), (2, 4)')
  expect(await rerunsOf(client, 'analyze t')).toContain(sql)
  await client.exec('insert into t values (3, 3), (4, 4)')
  expect(await rerunsOf(client, 'analyze main')).toContain(sql)
  await rerunsOf(client, 'pragma optimize')
})

test('rows that an UPDATE removes because the schema says ON CONFLICT REPLACE', async () => {
  await client.exec(`
    create table t (id integer primary key, u integer unique on conflict replace, v text, w text);
    insert into t values (1, 1, 'a', ''), (2, 2, 'b', ''), (3, 3, 'c', '');
  `)
  const probe = await client.observe('select v from t order by v')
  const count = await client.observe('select count(*) from t')
  expect(await rerunsOf(client, 'update t set u = 2 where id = 1')).toEqual([probe.sql, count.sql])
  expect(probe.rows).toEqual([{ v: 'a' }, { v: 'c' }])
  expect(await rerunsOf(client, 'insert into t values (9, 3, null, null)')).toEqual([probe.sql, count.sql])
})

test('rows that an UPDATE inside a trigger removes', async () => {
  await client.exec(`
    create table t (id integer primary key, u integer unique, v text);
    create table start (x);
    create trigger go after insert on start begin update or replace t set u = 2 where id = new.x; end;
    insert into t values (1, 1, 'a'), (2, 2, 'b');
  `)
  const { sql } = await client.observe('select v from t order by v')
  expect(await rerunsOf(client, 'insert into start values (1)')).toEqual([sql])
})

test('rows that a trigger removes because the statement that fired it says OR REPLACE', async () => {
  await client.exec(`
    create table t (id integer primary key, u integer unique, v text);
    create table start (id integer primary key, x);
    create trigger go after insert on start begin update t set u = 2 where id = new.x; end;
    create trigger went after update on start begin update t set u = 2 where id = new.x; end;
    insert into t values (1, 1, 'a'), (2, 2, 'b'), (3, 3, 'c');
  `)
  const { sql } = await client.observe('select v from t order by v')
  expect(await rerunsOf(client, 'insert or replace into start values (1, 1)')).toEqual([sql])
  expect(await rerunsOf(client, 'update or replace start set x = 3')).toEqual([sql])
})

test('tables behind a view that is written through its triggers', async () => {
  await client.exec(`
    create table t (id integer primary key, a, b);
    create table log (x);
    create view v as select id, a from t;
    create view empty as select * from v where 0;
    create trigger v_i instead of insert on v begin insert into t (id, a) values (new.id, new.a); end;
    create trigger v_u instead of update of a on v begin update t set a = new.a where id = old.id; end;
    create trigger v_d instead of delete on v begin delete from t where id = old.id; end;
    create trigger e_i instead of insert on empty begin insert into log values (new.id); end;
    insert into t values (1, 1, 1), (2, 2, 2);
  `)
  const queries = ['select id, a from v order by id', 'select a from t order by id', 'select count(*) from t']
  for (const sql of queries) await client.observe(sql)
  const b = await client.observe('select b from t order by id')
  const log = await client.observe('select x from log')
  expect(await rerunsOf(client, 'insert into v values (3, 3)')).toEqual([...queries, b.sql])
  expect(await rerunsOf(client, 'update v set a = a + 1')).toEqual(queries.slice(0, 2))
  expect(await rerunsOf(client, 'update v set a = 5 where id = 99')).toEqual([])
  expect(await rerunsOf(client, 'delete from v where id = 1')).toEqual([...queries, b.sql])
  expect(await rerunsOf(client, 'insert into empty values (7, 7)')).toEqual([log.sql])
})

test('children of a row that was replaced', async () => {
  await client.exec(`
    create table parent (id integer primary key, u integer unique);
    create table child (id integer primary key, parent_id references parent (id) on delete cascade, v);
    create table kept (id integer primary key, parent_id references parent (id) on delete set null, v);
    insert into parent values (1, 1), (2, 2), (3, 3);
    insert into child values (1, 1, 'a'), (2, 2, 'b'), (3, 3, 'c');
    insert into kept select * from child;
  `)
  const queries = ['select v from child order by v', 'select parent_id from kept order by id']
  for (const sql of queries) await client.observe(sql)
  expect(await rerunsOf(client, 'insert or replace into parent values (9, 1)')).toEqual(queries)
  expect(await rerunsOf(client, 'update or replace parent set u = 3 where id = 2')).toEqual(queries)
})

test('delete triggers of a row that was replaced, where recursive triggers are on', async () => {
  await client.exec(`
    pragma recursive_triggers = on;
    create table t (id integer primary key, u integer unique);
    create table log (x);
    create trigger gone after delete on t begin insert into log values (old.id); end;
    insert into t values (1, 1), (2, 2);
  `)
  const { sql } = await client.observe('select x from log order by x')
  expect(await rerunsOf(client, 'insert or replace into t values (5, 1)')).toEqual([sql])
  expect(await rerunsOf(client, 'update or replace t set u = 1 where id = 2')).toEqual([sql])
})

test('a trigger that fires itself', async () => {
  await client.exec(`
    pragma recursive_triggers = on;
    create table t (n integer primary key, x);
    create table sums (total);
    insert into sums values (0);
    create trigger down after insert on t when new.n > 0 begin
      insert into t values (new.n - 1, null);
      update sums set total = total + new.n;
    end;
  `)
  const queries = ['select count(*) from t', 'select total from sums']
  for (const sql of queries) await client.observe(sql)
  expect(await rerunsOf(client, 'insert into t values (5, null)')).toEqual(queries)
  expect(await client.value('select total from sums')).toBe(15)
})

test('columns that are generated from those which were written', async () => {
  await client.exec(`
    create table t (id integer primary key, a integer, b integer,
      doubled integer generated always as (a * 2) virtual,
      text generated always as ('#' || doubled) stored);
    create index t_text on t (text);
    create view v as select text from t;
    insert into t (id, a, b) values (1, 1, 1), (2, 2, 2);
  `)
  const queries = [
    'select doubled from t order by id',
    'select text from t order by text',
    'select * from t order by id',
    'select text from v order by text',
  ]
  for (const sql of queries) await client.observe(sql)
  expect(await rerunsOf(client, 'update t set a = a + 1')).toEqual(queries)
  const transaction = await client.begin()
  await client.run('update t set a = a + 1', [], { transaction })
  expect(await rerunsOf(client, () => client.commitTransaction(transaction))).toEqual(queries)
})

test.each(['virtual', 'stored'])(
  'a %s column, while the table is altered and that is undone',
  async (kind) => {
    await client.exec(`
    create table t (id integer primary key, a integer, b integer, g generated always as (a * 2) ${kind});
    insert into t (id, a, b) values (1, 1, 1);
  `)
    const { sql } = await client.observe('select g from t')
    await client.transaction(async (transaction) => {
      await client.request('savepoint', { transaction, depth: 1, action: 'begin' })
      await client.exec('alter table t drop column g', transaction)
      await client.run('update t set a = 2', [], { transaction })
      await client.request('savepoint', { transaction, depth: 1, action: 'rollback' })
    })
    expect(await rerunsOf(client, () => client.run('update t set a = 5'))).toEqual([sql])
    await client.exec(
      'begin; savepoint s; alter table t drop column g; update t set a = 3; rollback to s; commit',
    )
    expect(await rerunsOf(client, () => client.run('update t set a = 6'))).toEqual([sql])
  },
)

test('what a statement does anew once a pragma has changed what it does', async () => {
  await client.exec(`
    create table parent (id integer primary key, name);
    create table child (id integer primary key, a, b, parent_id references parent (id) on delete cascade);
    create trigger gone after delete on parent begin update child set a = 'orphan'; end;
    insert into parent values (1, 'x'), (2, 'y'), (3, 'z');
    insert into child values (1, 'a', 'b', 1), (2, 'a', 'b', 2), (3, 'a', 'b', 3);
    pragma foreign_keys = off;
  `)
  const a = await client.observe('select a from child order by id')
  const b = await client.observe('select b from child order by id')
  const erase = 'delete from parent where id = ?'
  expect(await rerunsOf(client, () => client.run(erase, [1]))).toEqual([a.sql])
  await client.exec('pragma foreign_keys = on')
  expect(await rerunsOf(client, () => client.run(erase, [2]))).toEqual([a.sql, b.sql])
})

// SQLite prepares a statement anew as it runs, and for that rolls back what the statement has begun.
test.each([
  'create trigger again after update on t begin update u set x = x + 1; end',
  'create index t_a on t (a)',
  'alter table u add column extra',
  'pragma recursive_triggers = on',
  'vacuum',
])('the first run of a statement after "%s"', async (change) => {
  await client.exec(`
    create table t (id integer primary key, a integer);
    create table u (id integer primary key, x integer);
    insert into t values (1, 1), (2, 2);
    insert into u values (1, 1);
  `)
  const { sql } = await client.observe('select a from t order by id')
  await client.observe('select x from u')
  const write = 'update t set a = a + 1'
  await client.run(write)
  await client.exec(change)
  expect(await rerunsOf(client, () => client.run(write))).toContain(sql)
  await client.exec('drop trigger if exists again; drop index if exists t_a')
  expect(await rerunsOf(client, () => client.run(write))).toEqual([sql])
})

test('the header of the file', async () => {
  const { sql } = await client.observe('select user_version from pragma_user_version')
  expect(await rerunsOf(client, 'pragma user_version = 7')).toEqual([sql])
  expect(client.probes[0]?.rows).toEqual([{ user_version: 7 }])
  await client.observe('select application_id from pragma_application_id')
  await rerunsOf(client, 'pragma application_id = 99')
})
