import { beforeEach, describe, expect, test } from 'vitest'
import type { BadBlock } from '../../src/link/damage-report.ts'
import type { OpenRequest } from '../../src/link/protocol.ts'
import type { LiveProbe } from '../support/live-probe.ts'
import { DataSyncError } from '../../src/errors.ts'
import { INDEX_LEAF, parseBtreePage, writeBtreePage } from '../../src/worker/damage/btree-page.ts'
import { nextTask } from '../support/next-task.ts'
import { pageRoles } from './page-roles.ts'
import { makeShop, openDamaged, PAGE_SIZE, pageOf } from './shop.ts'
import {
  closeStored,
  connectStored,
  damageBlocks,
  openStored,
  replacePages,
  useFakeIndexedDb,
} from './stored-database.ts'

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
    failedIndexes: [],
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

describe('where rows are alike that an index keeps from being so', () => {
  /** A unique index lacks an entry, so that the row could be written again, and another index is damaged. */
  async function makeTwins(isUnreadable: boolean): Promise<string> {
    const name = `twins_${String(isUnreadable)}`
    const client = await openStored(name)
    await client.exec(`create table t (id integer primary key, a text, b text);
      create unique index by_a on t (a); create index by_b on t (b)`)
    await client.run(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000)
      insert into t select i, printf('a %06d', i), hex(randomblob(20)) from n`)
    const leaves = (await pageRoles(client)).filter(({ kind }) => kind === 'leaf')
    const leafOf = (index: string): number => leaves.find((role) => role.name === index)?.page ?? 0
    const bytes = (await client.exportBytes()).slice(
      (leafOf('by_a') - 1) * PAGE_SIZE,
      leafOf('by_a') * PAGE_SIZE,
    )
    await closeStored(client)
    const parsed = parseBtreePage(bytes, leafOf('by_a'), PAGE_SIZE)
    if (typeof parsed === 'string') throw new Error(parsed)
    const cells = parsed.cells.slice(1).map(({ start, end }) => bytes.slice(start, end))
    writeBtreePage(bytes, leafOf('by_a'), PAGE_SIZE, { kind: INDEX_LEAF, cells, rightChild: 0 })
    await replacePages(name, new Map([[leafOf('by_a'), bytes]]))
    const again = await openStored(name)
    await again.run("insert into t values (9999, 'a 000001', 'twin')")
    await closeStored(again)
    const damaged = isUnreadable ? ['by_a', 'by_b'] : ['by_b']
    await damageBlocks(
      name,
      damaged.map((index) => leafOf(index) - 1),
    )
    return name
  }

  test.each([
    ['lacks an entry', false],
    ['cannot be read', true],
  ])('the index is left as it was, and the others are built anew: it %s', async (_, isUnreadable) => {
    const name = await makeTwins(isUnreadable)
    const client = await openStored(name)
    const before = await client.request('verify', { full: true })
    // Before it can be read, SQLite's check does not tell that an index lacks something.
    const first = await client.request('repair', null)
    const second = await client.request('repair', null)
    expect([...first.rebuiltIndexes, ...second.rebuiltIndexes]).toEqual(['by_b'])
    expect(second).toMatchObject({
      failedIndexes: [{ name: 'by_a', reason: expect.stringContaining('UNIQUE constraint failed: t.a') }],
      ok: false,
    })
    expect(second.integrity).not.toEqual([])
    const isOfOther = ({ owner }: BadBlock): boolean => owner?.kind === 'index' && owner.name === 'by_a'
    expect(second.remaining).toEqual(before.badBlocks.filter(isOfOther))
    expect(await client.value("select count(*) from t where b >= ''")).toBe(2001)
    expect(await client.value('select count(*) from t not indexed')).toBe(2001)
    await closeStored(client)
  })

  test('it is built anew once they differ', async () => {
    const client = await openStored(await makeTwins(false))
    await client.request('repair', null)
    await client.run('delete from t where id = 9999')
    expect(await client.request('repair', null)).toMatchObject({ rebuiltIndexes: ['by_a'], ok: true })
    await closeStored(client)
  })
})

describe('what is stored is told, and shown', () => {
  async function openBroken(
    options: Partial<OpenRequest> = {},
  ): Promise<ReturnType<typeof connectStored> & { readonly name: string; readonly probe: LiveProbe }> {
    const shop = await makeShop()
    await damageBlocks(shop.name, [pageOf(shop, 'item_by_name', 'leaf') - 1])
    const connected = connectStored(shop.name, options)
    await connected.opened
    const probe = await connected.client.observe('select count(*) as n from item where name > char(0)')
    expect(probe.error?.code).toBe('corrupt')
    return { ...connected, name: shop.name, probe }
  }

  test('also if it is aborted while it looks at what it has done', async () => {
    const { client, store, probe } = await openBroken()
    const { flushes } = store
    const repairing = client.request('repair', null)
    const request = client.lastRequest
    while (store.flushes === flushes) await new Promise<void>(nextTask)
    await client.request('abort', { request })
    expect(await repairing).toMatchObject({
      rebuiltIndexes: ['item_by_name'],
      remaining: [],
      integrity: [],
      ok: true,
    })
    expect(probe.rows).toEqual([{ n: 3000 }])
    expect(await client.request('verify', { full: true })).toMatchObject({ ok: true })
    await closeStored(client)
  })

  test('an abort before that changes nothing', async () => {
    const { client, store } = await openBroken()
    const { flushes } = store
    const repairing = client.request('repair', null)
    await client.request('abort', { request: client.lastRequest })
    await expect(repairing).rejects.toMatchObject({ code: 'aborted' })
    expect(store.flushes).toBe(flushes)
    expect(await client.request('verify', { full: true })).toMatchObject({ ok: false })
    expect(await client.request('repair', null)).toMatchObject({ ok: true })
    await closeStored(client)
  })

  test('what cannot be stored is undone, and says so', async () => {
    const { client, store, probe } = await openBroken()
    store.failure = new DataSyncError('quota-exceeded', 'No room is left.')
    await expect(client.request('repair', null)).rejects.toMatchObject({ code: 'quota-exceeded' })
    store.failure = undefined
    expect(await client.request('verify', { full: true })).toMatchObject({ ok: false })
    expect(await client.request('repair', null)).toMatchObject({ ok: true })
    expect(probe.rows).toEqual([{ n: 3000 }])
    await closeStored(client)
  })

  test('under relaxed durability it may be stored later', async () => {
    const { client, store, probe, name } = await openBroken({ durability: 'relaxed' })
    store.failure = new DataSyncError('quota-exceeded', 'No room is left.')
    expect(await client.request('repair', null)).toMatchObject({ rebuiltIndexes: ['item_by_name'] })
    expect(probe.rows).toEqual([{ n: 3000 }])
    store.failure = undefined
    await client.request('sync', { cause: 'drain' })
    await closeStored(client)
    const again = await openStored(name)
    expect(await again.request('verify', { full: true })).toMatchObject({ ok: true })
    await closeStored(again)
  })
})
