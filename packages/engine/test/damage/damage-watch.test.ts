import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { BadBlock, StorageDamage } from '../../src/link/damage-report.ts'
import { DataSyncError } from '../../src/errors.ts'
import { DamageWatch } from '../../src/worker/damage/damage-watch.ts'
import type { FailingStore } from '../support/failing-store.ts'
import type { EngineClient } from '../support/engine-client.ts'
import { makeShop, openDamaged, pageOf } from './shop.ts'
import { closeStored, connectStored, damageBlocks, useFakeIndexedDb } from './stored-database.ts'

beforeEach(useFakeIndexedDb)

const bad = (block: number, reason = 'damaged'): BadBlock => ({
  file: 'shop',
  block,
  page: block + 1,
  owner: undefined,
  reason,
})

/** What the page was last told of the damage. */
function told(client: EngineClient): StorageDamage | undefined {
  return client.messages.findLast(({ storage }) => storage !== undefined)?.storage?.damage
}

test('a look at a part adds to what is known, and takes nothing back', () => {
  const watch = new DamageWatch(
    () => undefined,
    () => undefined,
  )
  watch.note({ badBlocks: [bad(3), bad(7)], integrity: ['row 1 missing from index a'] }, true)
  watch.note({ badBlocks: [bad(5), bad(7, 'still damaged')], integrity: [] }, false)
  const known = {
    badBlocks: [bad(3), bad(5), bad(7, 'still damaged')],
    integrity: ['row 1 missing from index a'],
  }
  expect(watch.damage).toEqual(known)
  watch.note({ badBlocks: [], integrity: [] }, false)
  expect(watch.damage).toEqual(known)
  watch.note({ badBlocks: [bad(3)], integrity: [] }, true)
  expect(watch.damage).toEqual({ badBlocks: [bad(3)], integrity: [] })
  watch.note({ badBlocks: [], integrity: [] }, true)
  expect(watch.damage).toBeUndefined()
})

test('a sample after a full check leaves in the status what only the full one finds', async () => {
  const shop = await makeShop()
  const client = await openDamaged(shop, pageOf(shop, 'item', 'leaf'))
  onTestFinished(() => closeStored(client))
  const { badBlocks, integrity } = await client.request('verify', { full: true })
  expect(integrity).not.toEqual([])
  await expect.poll(() => told(client)).toEqual({ badBlocks, integrity })
  expect(await client.request('verify', { sample: 100_000 })).toMatchObject({ badBlocks, integrity: [] })
  await client.request('verify', { sample: 100_000 })
  expect(told(client)).toEqual({ badBlocks, integrity })
})

describe('an import', () => {
  /** A database with damage beyond the end of what is then imported: what it writes over, SQLite reads before. */
  async function openWithDamage(): Promise<{
    readonly client: EngineClient
    readonly store: FailingStore
    readonly damage: StorageDamage
    readonly file: Uint8Array
  }> {
    const { file } = await makeShop(20)
    const { name, roles } = await makeShop()
    await damageBlocks(name, [(roles.at(-1)?.page ?? 0) - 1])
    const { client, opened, store } = connectStored(name)
    await opened
    onTestFinished(() => closeStored(client))
    const { badBlocks, integrity } = await client.request('verify', { full: true })
    const damage = { badBlocks, integrity }
    await expect.poll(() => told(client)).toEqual(damage)
    return { client, store, damage, file }
  }

  test('leaves nothing of what was damaged', async () => {
    const { client, file } = await openWithDamage()
    await client.import(file)
    await expect.poll(() => told(client)).toBeUndefined()
    expect(await client.request('verify', { full: true })).toMatchObject({ ok: true })
  })

  test('that cannot be stored leaves it known', async () => {
    const { client, store, damage, file } = await openWithDamage()
    store.failure = new DataSyncError('quota-exceeded', 'No room is left.')
    await expect(client.import(file)).rejects.toMatchObject({ code: 'quota-exceeded' })
    store.failure = undefined
    for (let turn = 0; turn < 10; turn++) await client.value('select 1')
    expect(told(client)).toEqual(damage)
    expect(await client.request('verify', { full: true })).toMatchObject(damage)
  })
})
