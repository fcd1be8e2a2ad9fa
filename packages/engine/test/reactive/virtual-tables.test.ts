import { beforeEach, expect, test } from 'vitest'
import { openClient, type EngineClient } from '../support/engine-client.ts'
import { rerunsOf } from '../support/expect-fresh.ts'

let client: EngineClient

beforeEach(async () => {
  client = await openClient({
    schema: `
      create table docs (id integer primary key, title text, size integer);
      create table other (x);
      insert into docs values (1, 'apple pie', 1), (2, 'pear tart', 2), (3, 'apple tart', 3);
      insert into other values (1);
    `,
  })
})

const UNRELATED = 'update other set x = x + 1'

test('FTS5 that keeps its own text', async () => {
  await client.exec(`
    create virtual table f using fts5 (title, note unindexed);
    insert into f select title, 'n' from docs;
  `)
  const queries = [
    "select rowid, title from f where f match 'apple' order by rank, rowid",
    "select rowid, title from f ('tart') order by rowid",
    "select count(*) from f where f match 'tart'",
    'select count(*) from f',
    'select note from f order by rowid',
    "select highlight(f, 0, '<', '>') as h from f where f match 'apple' order by rowid",
    "select id from docs where title in (select title from f where f match 'pie')",
  ]
  for (const sql of queries) await client.observe(sql)
  for (const write of [
    "insert into f values ('apple tart', 'new')",
    "update f set note = 'changed' where rowid = 1",
    "update f set title = 'plum tart' where rowid = 2",
    'delete from f where rowid = 3',
    "insert into f (f, rank) values ('rank', 'bm25(10.0)')",
    "insert into f (f) values ('optimize')",
    "insert into f (f) values ('rebuild')",
    'update f set rowid = rowid + 10',
    'delete from f',
  ]) {
    expect(await rerunsOf(client, write), write).toEqual(queries)
  }
  expect(await rerunsOf(client, UNRELATED)).toEqual([])
})

test.each(["content='docs'", "content='DOCS'", 'content="docs"', 'content=docs', 'content = [docs]'])(
  'FTS5 over the text of another table: %s',
  async (content) => {
    await client.exec(`
      create virtual table f using fts5 (title, ${content}, content_rowid='id');
      insert into f (f) values ('rebuild');
    `)
    const title = await client.observe("select title from f where f match 'apple' order by rowid")
    const ids = await client.observe("select rowid from f where f match 'apple' order by rowid")
    const queries = [title.sql, ids.sql]
    // The index still finds the old words; what it shows is what stands there now.
    expect(await rerunsOf(client, "update docs set title = 'cherry' where id = 1")).toEqual(queries)
    expect(title.rows[0]).toEqual({ title: 'cherry' })
    expect(await rerunsOf(client, "insert into f (f) values ('rebuild')")).toEqual(queries)
    expect(await rerunsOf(client, "insert into f (f) values ('delete-all')")).toEqual(queries)
    expect(await rerunsOf(client, UNRELATED)).toEqual([])
  },
)

test('FTS5 kept up to date by triggers', async () => {
  await client.exec(`
    create virtual table f using fts5 (title, content='docs', content_rowid='id');
    insert into f (f) values ('rebuild');
    create trigger docs_ai after insert on docs begin
      insert into f (rowid, title) values (new.id, new.title);
    end;
    create trigger docs_ad after delete on docs begin
      insert into f (f, rowid, title) values ('delete', old.id, old.title);
    end;
    create trigger docs_au after update of title on docs begin
      insert into f (f, rowid, title) values ('delete', old.id, old.title);
      insert into f (rowid, title) values (new.id, new.title);
    end;
  `)
  const { sql } = await client.observe("select title from f where f match 'apple' order by rowid")
  for (const write of [
    "insert into docs values (4, 'apple juice', 4)",
    "update docs set title = 'apple cake' where id = 2",
    'delete from docs where id = 1',
    'delete from docs',
  ]) {
    expect(await rerunsOf(client, write), write).toEqual([sql])
  }
})

test('FTS5 over a view, seen through a query that found nothing at first', async () => {
  await client.exec(`
    create view shown as select id, title from docs where size < 100;
    create virtual table f using fts5 (title, content='shown', content_rowid='id');
  `)
  const first = await client.observe("select title from f where f match 'apple' order by rowid")
  await rerunsOf(client, "insert into f (f) values ('rebuild')")
  const second = await client.observe("select title from f where f match 'tart' order by rowid")
  const writes = [
    "update docs set title = 'apple, changed' where id = 3",
    "update docs set title = 'tart' where id = 3",
  ]
  for (const write of writes) expect(await rerunsOf(client, write), write).toEqual([first.sql, second.sql])
})

test('FTS5 without text', async () => {
  await client.exec(`
    create virtual table f using fts5 (title, content='', contentless_delete=1);
    insert into f (rowid, title) select id, title from docs;
  `)
  const { sql } = await client.observe("select rowid from f where f match 'apple' order by rowid")
  expect(await rerunsOf(client, 'delete from f where rowid = 1')).toEqual([sql])
  expect(await rerunsOf(client, "insert into f (rowid, title) values (9, 'apple')")).toEqual([sql])
  expect(await rerunsOf(client, "update docs set title = 'x'")).toEqual([])
})

test('the vocabulary of FTS5', async () => {
  await client.exec(`
    create virtual table f using fts5 (title);
    create virtual table words using fts5vocab (f, row);
    create virtual table places using fts5vocab (f, instance);
    insert into f select title from docs;
  `)
  const queries = [
    'select term, doc from words order by term',
    'select term, doc from places order by term, doc',
  ]
  for (const sql of queries) await client.observe(sql)
  expect(await rerunsOf(client, "insert into f values ('quince')")).toEqual(queries)
  expect(await rerunsOf(client, 'delete from f where rowid = 1')).toEqual(queries)
})

test('tables behind a virtual table, read and written directly', async () => {
  await client.exec(`
    create virtual table f using fts5 (title);
    create virtual table boxes using rtree (id, x0, x1, +label);
    insert into f select title from docs;
    insert into boxes values (1, 0, 1, 'a');
  `)
  const shadow = await client.observe('select id, c0 from f_content order by id')
  const nodes = await client.observe('select count(*), hex(max(data)) from boxes_node')
  const index = await client.observe("select title from f where f match 'apple' order by rowid")
  expect(await rerunsOf(client, "insert into f values ('apple')")).toEqual([shadow.sql, index.sql])
  expect(await rerunsOf(client, "insert into boxes values (2, 5, 6, 'b')")).toEqual([nodes.sql])
  expect(
    await rerunsOf(client, "update f_content set c0 = 'apple, written past the index' where id = 1"),
  ).toEqual([shadow.sql, index.sql])
})

test('R-Tree', async () => {
  await client.exec(`
    create virtual table boxes using rtree (id, x0, x1, +label);
    insert into boxes values (1, 0, 1, 'a'), (2, 5, 6, 'b');
  `)
  const queries = [
    'select id from boxes where x1 >= 5 order by id',
    'select count(*) from boxes',
    'select label from boxes',
  ]
  for (const sql of queries) await client.observe(sql)
  for (const write of [
    "insert into boxes values (3, 7, 8, 'c')",
    'update boxes set x0 = 4 where id = 2',
    "update boxes set label = 'z' where id = 1",
    'delete from boxes where id = 2',
    'delete from boxes',
  ]) {
    expect(await rerunsOf(client, write), write).toEqual(queries)
  }
  expect(await rerunsOf(client, UNRELATED)).toEqual([])
})

test('functions that make rows of what they are given', async () => {
  await client.exec(`
    create table lists (id integer primary key, items text, note text);
    insert into lists values (1, '[1, 2]', ''), (2, '{"a": 3}', '');
  `)
  const items = await client.observe(
    'select lists.id, j.value from lists, json_each(lists.items) j order by lists.id, j.value',
  )
  const tree = await client.observe(
    'select count(*) as n from lists, json_tree(items) where atom is not null',
  )
  const fixed = await client.observe("select value from json_each('[1, 2, 3]')")
  expect(await rerunsOf(client, "update lists set items = '[5]' where id = 1")).toEqual([items.sql, tree.sql])
  expect(await rerunsOf(client, "update lists set note = 'x'")).toEqual([])
  expect(fixed.rows).toHaveLength(3)
  const nested = await client.observe(
    'select value from json_each((select json_group_array(title) from docs order by id))',
  )
  expect(await rerunsOf(client, "update docs set title = 'new' where id = 1")).toEqual([nested.sql])
})

test('a table of its own that is called like such a function', async () => {
  await client.exec('create table json_each (value); create table pragma_table_list (name)')
  const queries = ['select value from json_each order by 1', 'select count(*) from pragma_table_list']
  for (const sql of queries) await client.observe(sql)
  expect(await rerunsOf(client, 'insert into json_each values (1)')).toEqual([queries[0]])
  expect(await rerunsOf(client, 'insert into pragma_table_list values (1)')).toEqual([queries[1]])
})

test('tables about the file itself', async () => {
  const queries = [
    "select sum(ncell) from dbstat where name = 'docs'",
    'select count(*) from sqlite_dbpage',
    'select page_count from pragma_page_count',
    'pragma page_count',
    'pragma integrity_check',
  ]
  for (const sql of queries) await client.observe(sql)
  expect(await rerunsOf(client, "insert into docs values (7, 'seven', 7)")).toEqual(queries)
  await client.exec(`with recursive n(i) as (select 100 union all select i + 1 from n where i < 2000)
    insert into docs select i, printf('%0100d', i), i from n`)
  expect(await rerunsOf(client, 'delete from docs where id > 100')).toEqual(queries)
  expect(await rerunsOf(client, 'vacuum')).toEqual(queries)
})
