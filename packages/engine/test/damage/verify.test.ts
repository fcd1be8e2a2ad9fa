import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { EngineClient } from '../support/engine-client.ts'
import { makeShop, openDamaged, pageOf, type Shop } from './shop.ts'
import {
  closeStored,
  connectStored,
  damageBlocks,
  dropExtents,
  openStored,
  useFakeIndexedDb,
} from './stored-database.ts'

beforeEach(useFakeIndexedDb)

async function damage(shop: Shop, ...pages: readonly number[]): Promise<EngineClient> {
  const client = await openDamaged(shop, ...pages)
  onTestFinished(() => closeStored(client))
  return client
}

test('finds nothing where nothing is damaged', async () => {
  const { name, file } = await makeShop()
  const client = await openStored(name)
  expect(await client.request('verify', { full: true })).toEqual({
    checked: file.length / 4096,
    badBlocks: [],
    unreached: 0,
    integrity: [],
    foreignKeys: [],
    unchecked: [],
    ok: true,
  })
  await closeStored(client)
})

test.each([
  ['a leaf of a table', 'item', 'leaf', { kind: 'table', name: 'item' }],
  ['an interior page of a table', 'item', 'internal', { kind: 'table', name: 'item' }],
  ['an overflow page', 'item', 'overflow', { kind: 'table', name: 'item' }],
  ['a leaf of a table without rowids', 'price', 'leaf', { kind: 'table', name: 'price' }],
  ['a leaf of an index', 'item_by_name', 'leaf', { kind: 'index', name: 'item_by_name', table: 'item' }],
  [
    'an interior page of an index',
    'item_by_name',
    'internal',
    { kind: 'index', name: 'item_by_name', table: 'item' },
  ],
] as const)('names %s', async (_, name, kind, owner) => {
  const shop = await makeShop()
  const page = pageOf(shop, name, kind)
  const client = await damage(shop, page)
  const report = await client.request('verify', { full: true })
  expect(report.badBlocks).toEqual([
    { file: shop.name, block: page - 1, page, owner, reason: 'its xxhash64 is not what was written' },
  ])
  expect(report.ok).toBe(false)
  expect(await client.request('verify', { sample: 100_000 })).toMatchObject({ badBlocks: report.badBlocks })
  if (kind === 'internal') expect(report.unreached).toBeGreaterThan(10)
  // What is not on that page is as readable as ever.
  expect(await client.value('select count(*) from note')).toBe(300)
  await client.run("insert into log values ('still here')")
  expect(await client.value("select count(*) from log where what = 'still here'")).toBe(1)
})

test('names a free page', async () => {
  const shop = await makeShop()
  const page = shop.freePages[3] ?? 0
  const client = await damage(shop, page)
  const report = await client.request('verify', { full: true })
  expect(report.badBlocks).toMatchObject([{ page, owner: { kind: 'free' } }])
  expect(await client.value('select count(*) from item')).toBe(3000)
})

test('tells the file, the block, the page and the table of a read that meets damage', async () => {
  const shop = await makeShop()
  const page = pageOf(shop, 'item', 'leaf')
  const client = await damage(shop, page)
  await expect(client.query('select sum(length(note)) from item')).rejects.toMatchObject({
    code: 'corrupt',
    detail: { file: shop.name, block: page - 1, page, table: 'item' },
  })
  expect(await client.value('select count(*) from price')).toBe(3000)
})

test('looks into a database that cannot be opened, since its first page is damaged', async () => {
  const shop = await makeShop()
  await damageBlocks(shop.name, [0])
  const { client, opened } = connectStored(shop.name)
  await expect(opened).rejects.toMatchObject({ code: 'corrupt', detail: { block: 0 } })
  const report = await client.request('verify', { full: true })
  expect(report.badBlocks).toMatchObject([{ block: 0, page: 1, owner: { kind: 'schema' } }])
  expect(report.checked).toBe(shop.file.length / 4096)
  await expect(client.request('salvage', null)).rejects.toMatchObject({ code: 'corrupt' })
  await client.request('close', null)
})

test('names all blocks of a record that is gone', async () => {
  const shop = await makeShop()
  const page = pageOf(shop, 'item', 'leaf')
  await dropExtents(shop.name, [page - 1])
  const client = await openStored(shop.name)
  const { badBlocks } = await client.request('verify', { full: true })
  const first = Math.floor((page - 1) / 8) * 8
  expect(badBlocks.map(({ block }) => block)).toEqual(Array.from({ length: 8 }, (_, index) => first + index))
  await closeStored(client)
})

test('takes no change that happens meanwhile for damage', async () => {
  const { name } = await makeShop()
  const client = await openStored(name)
  const verifying = client.request('verify', { full: true })
  for (let round = 0; round < 20; round++) {
    await client.run('update item set name = hex(randomblob(40)) where id % 20 = ?', [round])
    await client.run('delete from price where amount % 20 = ?', [round])
  }
  await client.exec('vacuum')
  expect(await verifying).toMatchObject({ ok: true })
  expect(await client.request('verify', { full: true })).toMatchObject({ ok: true })
  await closeStored(client)
})

test('is ended by an abort, and by the end of the database', async () => {
  const { name } = await makeShop()
  const client = await openStored(name)
  const first = client.request('verify', { full: true })
  await client.request('abort', { request: client.lastRequest })
  await expect(first).rejects.toMatchObject({ code: 'aborted' })
  const second = client.request('verify', { full: true })
  const closing = closeStored(client)
  await expect(second).rejects.toMatchObject({ code: 'closed' })
  await closing
})

test('tells after the opening what a look at it has found', async () => {
  const shop = await makeShop()
  await damageBlocks(shop.name, [pageOf(shop, 'item', 'leaf') - 1])
  const client = await openStored(shop.name, { checkAtOpen: 'full' })
  await expect
    .poll(() => client.messages.findLast(({ storage }) => storage !== undefined)?.storage?.damage?.badBlocks)
    .toMatchObject([{ owner: { kind: 'table', name: 'item' } }])
  expect(await client.value('select count(*) from note')).toBe(300)
  await closeStored(client)
})
