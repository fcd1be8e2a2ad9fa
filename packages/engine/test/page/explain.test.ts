import { createTestDatabase } from '@datasync/engine/testing'
import type { Database, SqlParameters } from '@datasync/engine'
import { expect, onTestFinished, test } from 'vitest'

const SCHEMA = `
  create table item (id integer primary key, list integer, name text collate rtrim);
  create table tag (item integer, name text);
  create view named as select id, name from item;
  create virtual table word using fts5 (body);`

function openItems(): Database {
  const db = createTestDatabase({ migrations: [SCHEMA] })
  onTestFinished(() => db.close())
  return db
}

test('says of a query by which rows it is tracked, and why it last ran', async () => {
  const db = openItems()
  const observer = db.observe('select name from item where id = ? and list between 1 and 3', [7])

  expect(await observer.explain()).toEqual({
    tracking: 'incremental',
    tables: [
      {
        schema: 'main',
        table: 'item',
        tracking: 'incremental',
        columns: ['name', 'id', 'list'],
        conditions: ['id = 7', 'list >= 1 and list <= 3'],
        limit: undefined,
      },
    ],
    limit: undefined,
    wholeRuns: undefined,
    keptBytes: 0,
    lastRun: expect.objectContaining({ cause: { kind: 'subscribed' } }) as unknown,
  })
})

test.for<readonly [sql: string, parameters: SqlParameters, tracking: string, limit: string]>([
  ['select distinct id from item', [], 'column', 'No condition'],
  ['select distinct id from item where +id = 1', [], 'column', 'No condition'],
  ["select distinct id from item where name = 'a'", [], 'column', 'it is not sure how'],
  ['select distinct id from item where id = ?', ['7'], 'column', 'would convert'],
  ['select distinct id from item where abs(id) = 1 and id = 7', [], 'column', 'may fail'],
  [
    'select distinct a.id from item a join item b on a.id = b.list where a.id = 1',
    [],
    'column',
    'more than once',
  ],
  ['select distinct id from named where id = 1', [], 'column', 'view'],
  ["select distinct item.id from item, json_each('[1]') where item.id = 1", [], 'column', 'virtual table'],
])('says why the rows of %s with %j are not told apart', async ([sql, parameters, tracking, limit]) => {
  const explanation = await openItems().observe(sql, parameters).explain()

  expect(explanation).toMatchObject({ tracking, limit: undefined })
  expect(explanation.tables[0]).toMatchObject({ table: 'item', tracking })
  expect(explanation.tables[0]?.limit).toContain(limit)
})

test('is as coarse as the coarsest of its tables', async () => {
  const joined = openItems().observe(
    'select distinct i.name from item i join tag t on t.item = i.id where i.id = 1',
  )

  const { tracking, tables } = await joined.explain()

  expect(tracking).toBe('column')
  expect(tables.map((each) => each.tracking)).toEqual(['predicate', 'column'])
})

test('tells of a query that cannot be asked as it fails', async () => {
  const db = openItems()

  await expect(db.observe('select', []).explain()).resolves.toMatchObject({
    tracking: 'everything',
    limit: expect.stringContaining('could not be prepared') as unknown,
  })
  await expect(db.observe(7 as never).explain()).rejects.toMatchObject({ code: 'invalid-argument' })
  await db.close()
  await expect(db.observe('select id from item').explain()).rejects.toMatchObject({ code: 'closed' })
})
