import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { parseBtreePage } from '../../src/worker/damage/btree-page.ts'
import type { EngineClient } from '../support/engine-client.ts'
import { openBytes } from './open-bytes.ts'
import { readSalvaged } from './read-salvaged.ts'
import { bytesOf, makeShop, PAGE_SIZE, pageOf, rootOf, type Shop } from './shop.ts'
import { closeStored, damageBlocks, openStored, replacePages, useFakeIndexedDb } from './stored-database.ts'

// Pages of an index that pass every check by themselves, and lead to pages of tables made after it.

beforeEach(useFakeIndexedDb)

const TABLES = ['item', 'price', 'log', 'note']

interface Stale {
  /** The table whose pages the index leads to. */
  readonly table: string
  readonly pages: ReadonlyMap<number, Uint8Array<ArrayBuffer>>
}

/** An interior page of an index as it was when a leaf of a table still was one of the index. */
function toTable(shop: Shop): Stale {
  return { table: 'note', pages: leadTo(shop, pageOf(shop, 'note', 'leaf')) }
}

/** An interior page of a table without rowids, of which nothing tells that it is not one of the index. */
function toTableWithoutRowids(shop: Shop): Stale {
  const bytes = bytesOf(shop, rootOf(shop, 'price'))
  return { table: 'price', pages: new Map([[pageOf(shop, 'item_by_name', 'internal'), bytes]]) }
}

/** An index whose root is that of another, made after it. */
function toIndex(shop: Shop): Stale {
  return { table: 'item', pages: leadTo(shop, rootOf(shop, 'item_by_id')) }
}

/** An interior page of an index, the first of whose children is this page. */
function leadTo(shop: Shop, child: number): Stale['pages'] {
  const page = pageOf(shop, 'item_by_name', 'internal')
  const bytes = bytesOf(shop, page)
  const parsed = parseBtreePage(bytes, page, PAGE_SIZE)
  const [cell] = typeof parsed === 'string' ? [] : parsed.cells
  if (cell === undefined) throw new Error('The page has no cell.')
  new DataView(bytes.buffer).setUint32(cell.start, child)
  return new Map([[page, bytes]])
}

const KINDS = [
  ['a table', toTable],
  ['a table without rowids', toTableWithoutRowids],
] as const

async function openStale({ name }: Shop, { pages }: Stale): Promise<EngineClient> {
  await replacePages(name, pages)
  const client = await openStored(name)
  onTestFinished(() => closeStored(client))
  return client
}

function rowsOf(file: Uint8Array): unknown {
  const database = openBytes(file)
  expect(database.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
  return TABLES.map((table) => database.prepare(`select * from ${table} order by 1`).all())
}

describe.each(KINDS)('an index that leads to pages of %s', (_, stale) => {
  test('is what is damaged, and not the table', async () => {
    const shop = await makeShop()
    const client = await openStale(shop, stale(shop))
    const { badBlocks } = await client.request('verify', { full: true })
    expect(badBlocks.map(({ owner }) => owner)).toEqual([
      { kind: 'index', name: 'item_by_name', table: 'item' },
    ])
  })

  test('takes no row from what is salvaged', async () => {
    const shop = await makeShop()
    const client = await openStale(shop, stale(shop))
    expect(await client.request('salvage', null)).toMatchObject({ isComplete: true })
    expect(rowsOf(await readSalvaged(client))).toEqual(rowsOf(shop.file))
  })

  test('is built anew, with all rows left as they are', async () => {
    const shop = await makeShop()
    const client = await openStale(shop, stale(shop))
    expect(await client.request('repair', null)).toMatchObject({ rebuiltIndexes: ['item_by_name'], ok: true })
    expect(rowsOf(await client.exportBytes())).toEqual(rowsOf(shop.file))
    expect(await client.request('verify', { full: true })).toMatchObject({ ok: true, unreached: 0 })
  })

  test('gives up no page of a table that cannot be walked to its end', async () => {
    const shop = await makeShop()
    const wrong = stale(shop)
    await replacePages(shop.name, wrong.pages)
    await damageBlocks(shop.name, [rootOf(shop, wrong.table) - 1])
    const client = await openStored(shop.name)
    onTestFinished(() => closeStored(client))
    expect(await client.request('repair', null)).toMatchObject({
      rebuiltIndexes: ['item_by_name'],
      ok: false,
    })
    const leaves = shop.roles.filter(({ name, kind }) => name === wrong.table && kind === 'leaf')
    for (const { page } of leaves) {
      const [row] = await client.query('select data from sqlite_dbpage where pgno = ?', [page])
      expect(row?.['data']).toEqual(bytesOf(shop, page))
    }
    expect(await client.value('select count(*) from item where name > char(0)')).toBe(3000)
  })
})

test('an index that leads to the root of another takes it from nobody', async () => {
  const shop = await makeShop()
  const client = await openStale(shop, toIndex(shop))
  expect(await client.request('repair', null)).toMatchObject({ rebuiltIndexes: ['item_by_name'], ok: true })
  expect(rowsOf(await client.exportBytes())).toEqual(rowsOf(shop.file))
  expect(await client.request('verify', { full: true })).toMatchObject({ ok: true, unreached: 0 })
})
