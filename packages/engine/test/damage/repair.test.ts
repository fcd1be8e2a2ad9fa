import { beforeEach, expect, test } from 'vitest'
import { makeShop, openDamaged, pageOf } from './shop.ts'
import { closeStored, damageBlocks, openStored, useFakeIndexedDb } from './stored-database.ts'

beforeEach(useFakeIndexedDb)

test.each([
  ['a leaf', 'item_by_name', 'leaf', 'none'],
  ['an interior page', 'item_by_name', 'internal', 'none'],
  ['a page of a unique index', 'item_by_id', 'leaf', 'none'],
  ['a page of an index that SQLite made', 'sqlite_autoindex_note_1', 'leaf', 'none'],
  ['a leaf of a database that vacuums itself', 'item_by_name', 'leaf', 'full'],
] as const)('builds an index anew that has %s damaged', async (_, name, kind, autoVacuum) => {
  const shop = await makeShop(3000, autoVacuum)
  const client = await openDamaged(shop, pageOf(shop, name, kind))
  const rows = await client.query('select * from item not indexed order by id')
  expect(await client.request('repair', null)).toEqual({
    rebuiltIndexes: [name],
    droppedBlocks: [],
    rewrittenBlocks: [],
    remaining: [],
    integrity: [],
    ok: true,
  })
  expect(await client.query('select * from item not indexed order by id')).toEqual(rows)
  await closeStored(client)

  const again = await openStored(shop.name)
  expect(await again.value('pragma integrity_check')).toBe('ok')
  expect(await again.request('verify', { full: true })).toMatchObject({ ok: true, unreached: 0 })
  expect(await again.value('select count(*) from item where name > char(0)')).toBe(3000)
  await closeStored(again)
})

test('gives up free pages that are damaged, those that list others too', async () => {
  const shop = await makeShop()
  const client = await openDamaged(shop, ...shop.freePages)
  expect(await client.request('verify', { full: true })).toMatchObject({ ok: false })
  const report = await client.request('repair', null)
  expect(report).toMatchObject({ rebuiltIndexes: [], remaining: [], ok: true })
  expect(report.droppedBlocks).toEqual(shop.freePages.map((page) => page - 1))
  await client.run('insert into log select hex(randomblob(2000)) from item')
  await closeStored(client)

  const again = await openStored(shop.name)
  expect(await again.value('pragma integrity_check')).toBe('ok')
  expect(await again.request('verify', { full: true })).toMatchObject({ ok: true })
  await closeStored(again)
})

test('never says that lost rows are repaired, and leaves them as they are', async () => {
  const shop = await makeShop()
  const pages = [
    pageOf(shop, 'item', 'leaf'),
    pageOf(shop, 'item_by_name', 'leaf'),
    pageOf(shop, 'sqlite_autoindex_note_1', 'leaf'),
  ]
  const client = await openDamaged(shop, ...pages)
  const before = await client.request('verify', { full: true })
  const report = await client.request('repair', null)
  expect(report.rebuiltIndexes).toEqual(['sqlite_autoindex_note_1'])
  expect(report.ok).toBe(false)
  const left = before.badBlocks.filter(({ page }) => page !== pages[2])
  expect(report.remaining).toEqual(left)
  await expect(client.query('select * from item')).rejects.toMatchObject({ code: 'corrupt' })
  expect((await client.request('verify', { full: true })).badBlocks).toEqual(left)
  await closeStored(client)
})

test('stores again what is damaged in the storage and whole in memory', async () => {
  const shop = await makeShop()
  const client = await openStored(shop.name)
  const page = pageOf(shop, 'item', 'leaf')
  await client.query('select * from item')
  await damageBlocks(shop.name, [page - 1])
  expect((await client.request('verify', { full: true })).badBlocks).toMatchObject([{ page }])
  expect(await client.request('repair', null)).toMatchObject({ rewrittenBlocks: [page - 1], ok: true })
  await closeStored(client)

  const again = await openStored(shop.name)
  expect(await again.request('verify', { full: true })).toMatchObject({ ok: true })
  await closeStored(again)
})

test('does nothing where nothing is damaged, and lets live queries be', async () => {
  const shop = await makeShop()
  const client = await openStored(shop.name)
  const probe = await client.observe('select count(*) as n from item where name > char(0)')
  expect(await client.request('repair', null)).toMatchObject({ rebuiltIndexes: [], ok: true })
  await client.run("insert into item (name) values ('another')")
  expect(probe.rows).toEqual([{ n: 3001 }])
  await closeStored(client)
})
