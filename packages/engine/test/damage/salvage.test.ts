import type { DatabaseSync } from 'node:sqlite'
import { beforeEach, expect, test, vi } from 'vitest'
import type { SalvageReport } from '../../src/link/damage-report.ts'
import type { EngineClient } from '../support/engine-client.ts'
import { DataSyncError } from '../../src/errors.ts'
import { Vfs } from '../../src/worker/storage/vfs.ts'
import { parseBtreePage } from '../../src/worker/damage/btree-page.ts'
import { bytesOf, makeShop, openDamaged, PAGE_SIZE, pageOf, type Shop } from './shop.ts'
import {
  closeStored,
  connectStored,
  damageBlocks,
  openStored,
  replacePages,
  useFakeIndexedDb,
} from './stored-database.ts'
import { pageRoles } from './page-roles.ts'
import { readSalvaged } from './read-salvaged.ts'
import { openBytes } from './open-bytes.ts'

beforeEach(useFakeIndexedDb)

interface Salvaged {
  readonly report: SalvageReport
  readonly file: DatabaseSync
}

async function salvage(client: EngineClient): Promise<Salvaged> {
  const report = await client.request('salvage', null)
  const bytes = await readSalvaged(client)
  await closeStored(client)
  const file = openBytes(bytes)
  // Another SQLite than the one that made it.
  expect(file.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
  return { report, file }
}

function rowsOf(file: DatabaseSync, table: string): ReadonlySet<string> {
  const rows = file.prepare(`select * from ${table}`).all()
  return new Set(rows.map((row) => JSON.stringify(row)))
}

/** The rows of `item` that do not stand on any of these pages. */
function survivors(shop: Shop, pages: readonly number[]): ReadonlySet<string> {
  const lost = new Set(pages.flatMap((page) => [...(shop.items.get(page) ?? [])]).map(Number))
  const rows = openBytes(shop.file).prepare('select * from item').all()
  return new Set(rows.filter(({ id }) => !lost.has(Number(id))).map((row) => JSON.stringify(row)))
}

test('of a database that is whole is all of it', async () => {
  const shop = await makeShop()
  const { report, file } = await salvage(await openStored(shop.name))
  const original = openBytes(shop.file)
  const schema = 'select type, name, tbl_name, sql from sqlite_schema order by name'
  expect(file.prepare(schema).all()).toEqual(original.prepare(schema).all())
  for (const table of ['item', 'price', 'log', 'note']) {
    expect(rowsOf(file, table)).toEqual(rowsOf(original, table))
  }
  expect(report).toMatchObject({ lostSchema: [], problems: [], isComplete: true })
})

test.each([
  ['a leaf', 'leaf'],
  ['an interior page', 'internal'],
  ['an overflow page', 'overflow'],
] as const)('has all rows that are not on %s that is damaged', async (_, kind) => {
  const shop = await makeShop()
  const page = pageOf(shop, 'item', kind)
  const { report, file } = await salvage(await openDamaged(shop, page))
  expect(rowsOf(file, 'item')).toEqual(survivors(shop, [page]))
  const original = openBytes(shop.file)
  for (const table of ['price', 'log', 'note']) expect(rowsOf(file, table)).toEqual(rowsOf(original, table))
  const lost = [...(shop.items.get(page) ?? [])].map(Number)
  const item = report.tables.find(({ name }) => name === 'item')
  expect(item?.rows).toBe(3000 - lost.length)
  for (const id of lost) {
    expect(item?.lostRanges.some(({ from, to }) => Number(from ?? -1) <= id && id <= Number(to ?? 1e9))).toBe(
      true,
    )
  }
  expect(report.isComplete).toBe(false)
})

test('leaves out a row whose rest nothing leads to any more', async () => {
  const shop = await makeShop()
  const [key = 0n] = shop.items.get(pageOf(shop, 'item', 'overflow')) ?? []
  const page =
    shop.roles.find((role) => role.kind === 'leaf' && shop.items.get(role.page)?.has(key))?.page ?? 0
  const bytes = bytesOf(shop, page)
  const parsed = parseBtreePage(bytes, page, PAGE_SIZE)
  const cell = typeof parsed === 'string' ? undefined : parsed.cells.find(({ rowid }) => rowid === key)
  if (cell === undefined) throw new Error('The row is not there.')
  bytes.fill(0, cell.end - 4, cell.end)
  await replacePages(shop.name, new Map([[page, bytes]]))
  const client = await openStored(shop.name)
  const { badBlocks } = await client.request('verify', { full: true })
  expect(badBlocks).toMatchObject([{ page, owner: { kind: 'table', name: 'item' } }])
  const { report, file } = await salvage(client)
  const rows = openBytes(shop.file).prepare('select * from item where id <> ?').all(key)
  expect(rowsOf(file, 'item')).toEqual(new Set(rows.map((row) => JSON.stringify(row))))
  expect(report.tables.find(({ name }) => name === 'item')?.lostRanges).toMatchObject([
    { from: Number(key), to: Number(key), page },
  ])
})

test('has what stands beside the damage of a table without rowids', async () => {
  const shop = await makeShop()
  const page = pageOf(shop, 'price', 'leaf')
  const { file } = await salvage(await openDamaged(shop, page))
  const all = rowsOf(openBytes(shop.file), 'price')
  const found = rowsOf(file, 'price')
  expect([...found].every((row) => all.has(row))).toBe(true)
  // A leaf has no more than some hundred of them.
  expect(found.size).toBeGreaterThan(2850)
  expect(found.size).toBeLessThan(3000)
})

test('has all rows, with indexes built anew, where only indexes and free pages are damaged', async () => {
  const shop = await makeShop()
  const pages = [
    pageOf(shop, 'item_by_name', 'internal'),
    pageOf(shop, 'item_by_id', 'leaf'),
    shop.freePages[2] ?? 0,
  ]
  const { report, file } = await salvage(await openDamaged(shop, ...pages))
  expect(rowsOf(file, 'item')).toEqual(survivors(shop, []))
  expect(report.rebuilt).toEqual(expect.arrayContaining(['item_by_name', 'item_by_id']))
  expect(report.isComplete).toBe(true)
})

test('keeps a table whose root is damaged, without a row', async () => {
  const shop = await makeShop()
  const root = shop.roles.find(({ name }) => name === 'item')?.page ?? 0
  const { report, file } = await salvage(await openDamaged(shop, root))
  expect(rowsOf(file, 'item').size).toBe(0)
  expect(rowsOf(file, 'note').size).toBe(300)
  expect(report.tables.find(({ name }) => name === 'item')).toMatchObject({
    rows: 0,
    lostRanges: [{ page: root }],
  })
})

test('has what is defined on the pages of the schema that are left', async () => {
  const name = 'many'
  const client = await openStored(name)
  for (let table = 0; table < 120; table++) {
    await client.exec(`create table t${table} (id integer primary key, a text default 'some text to fill the page', b unique);
      insert into t${table} (b) values (${table}), (-${table + 1})`)
  }
  const pages = (await pageRoles(client)).filter(
    (role) => role.name === 'sqlite_schema' && role.kind === 'leaf',
  )
  await closeStored(client)
  const page = pages[1]?.page ?? 0
  await damageBlocks(name, [page - 1])
  const second = connectStored(name)
  await expect(second.opened).rejects.toMatchObject({ code: 'corrupt', detail: { page } })
  expect(await second.client.request('verify', { full: true })).toMatchObject({
    badBlocks: [{ page, owner: { kind: 'schema' } }],
  })
  const { report, file } = await salvage(second.client)
  expect(report.lostSchema).toMatchObject([{ page }])
  expect(report.isComplete).toBe(false)
  expect(report.tables.length).toBeGreaterThan(80)
  expect(report.tables.length).toBeLessThan(120)
  for (const { name: table } of report.tables) {
    expect(file.prepare(`select b from ${table} order by id`).all()).toEqual([
      { b: Number(table.slice(1)) },
      { b: -Number(table.slice(1)) - 1 },
    ])
  }
})

test('builds a full-text search anew from its content', async () => {
  const name = 'search'
  const client = await openStored(name)
  await client.exec('create virtual table page using fts5 (text)')
  await client.run(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000)
    insert into page select 'word' || i || ' common ' || hex(randomblob(20)) from n`)
  const leaf = (await pageRoles(client)).findLast(
    (role) => role.name === 'page_data' && role.kind !== 'internal',
  )
  await closeStored(client)
  await damageBlocks(name, [(leaf?.page ?? 0) - 1])
  const { report, file } = await salvage(await openStored(name))
  expect(report.rebuilt).toContain('page')
  expect(report.problems).toEqual([])
  expect(file.prepare("select count(*) as n from page where page match 'common'").get()).toEqual({ n: 2000 })
})

test('keeps a database that vacuums itself one that does', async () => {
  const shop = await makeShop(1500, 'full')
  const page = pageOf(shop, 'item', 'leaf')
  const { file } = await salvage(await openDamaged(shop, page))
  expect(rowsOf(file, 'item')).toEqual(survivors(shop, [page]))
  expect(file.prepare('pragma auto_vacuum').get()).toEqual({ auto_vacuum: 1 })
})

test('leaves every row of such a database its number, by which a full-text search finds it', async () => {
  const name = 'numbered'
  const client = await openStored(name, { autoVacuum: 'full' })
  await client.exec(`create table word (text);
    create virtual table search using fts5 (text, content='word', content_rowid='rowid')`)
  await client.run(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000)
    insert into word (rowid, text) select i * 3, 'word' || i || ' ' || hex(randomblob(20)) from n`)
  await client.run('delete from word where rowid % 5 = 0')
  await client.run("insert into search (search) values ('rebuild')")
  const rows = await client.query('select rowid as id, text from word')
  const leaves = (await pageRoles(client)).filter((role) => role.name === 'word' && role.kind === 'leaf')
  await closeStored(client)
  await damageBlocks(name, [(leaves[0]?.page ?? 0) - 1])
  const { report, file } = await salvage(await openStored(name))
  expect(report.problems).toEqual([])
  expect(file.prepare('pragma auto_vacuum').get()).toEqual({ auto_vacuum: 1 })
  const left = file.prepare('select rowid as id, text from word').all()
  expect(left.length).toBeGreaterThan(2000)
  expect(left).toEqual(rows.slice(-left.length))
  const [last] = rows.slice(-1)
  const find =
    'select w.rowid as id, w.text from search s join word w on w.rowid = s.rowid where search match ?'
  expect(file.prepare(find).all(String(last?.['text']).split(' ')[0] ?? '')).toEqual([last])
})

test('is one that does not vacuum itself where that cannot be made, and says so', async () => {
  const shop = await makeShop(500, 'full')
  const client = await openDamaged(shop, pageOf(shop, 'item', 'leaf'))
  const mounting = vi.spyOn(Vfs.prototype, 'mountScratch').mockImplementation(() => {
    throw new DataSyncError('out-of-memory', 'There is no room for it.')
  })
  const { report, file } = await salvage(client)
  mounting.mockRestore()
  expect(report).toMatchObject({
    problems: ['The file does not vacuum itself: There is no room for it.'],
    isComplete: false,
  })
  expect(file.prepare('pragma auto_vacuum').get()).toEqual({ auto_vacuum: 0 })
})

test('does not meet an import half-way', async () => {
  const shop = await makeShop(100)
  const client = await openStored(shop.name)
  const salvaging = client.request('salvage', null)
  await expect(client.request('importOpen', null)).rejects.toMatchObject({ code: 'busy' })
  await salvaging
  await client.request('salvageEnd', null)
  await client.import(shop.file)
  expect(await client.value('select count(*) from item')).toBe(100)
  await closeStored(client)
})
