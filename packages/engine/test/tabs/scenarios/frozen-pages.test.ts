import { describe, expect, test } from 'vitest'
import type { Database } from '../../../src/index.ts'
import { runInTab } from '../browsers/call-tab.ts'
import { addItem, itemsIn, openThreeTabs, shopOptions, STORES } from './open-tabs.ts'

declare let db: Database
declare let results: Promise<unknown>

describe.each(STORES)('while a page of a database in %s is frozen,', (storage) => {
  test('the others go on if it is that of the host, which goes on later', { timeout: 120_000 }, async () => {
    const { host, guest, other } = await openThreeTabs(shopOptions(storage))
    await addItem(host, 'before')
    await host.freeze()
    await addItem(guest, 'meanwhile')
    expect(await itemsIn(other)).toEqual(['before', 'meanwhile'])
    await host.unfreeze()
    await host.bringToFront()
    await addItem(host, 'after')
    expect(await itemsIn(other)).toEqual(['before', 'meanwhile', 'after'])
  })

  test('writes of the host that it cut short are applied once', { timeout: 120_000 }, async () => {
    const { host, guest } = await openThreeTabs(shopOptions(storage))
    const names = Array.from({ length: 100 }, (_, index) => `item ${index}`)
    await runInTab(
      host,
      (items) => {
        const writes = items.map((name) => db.run('insert into item (name) values (?)', [name]))
        Object.assign(globalThis, { results: Promise.all(writes) })
      },
      names,
    )
    await host.freeze()
    await addItem(guest, 'meanwhile')
    await host.unfreeze()
    await host.bringToFront()
    await runInTab(host, async () => void (await results), undefined)
    const found = await itemsIn(guest)
    expect(found.filter((name) => name !== 'meanwhile')).toEqual(names)
  })

  test('the others go on if it is that of a guest in a transaction', { timeout: 120_000 }, async () => {
    const { host, guest, other } = await openThreeTabs(shopOptions(storage))
    await runInTab(
      guest,
      async () => {
        const tx = await db.begin({ timeout: 1000 })
        await tx.run("insert into item (name) values ('never')")
      },
      undefined,
    )
    await guest.freeze()
    await addItem(other, 'of another')
    await guest.unfreeze()
    await guest.bringToFront()
    await addItem(guest, 'of the guest')
    expect(await itemsIn(host)).toEqual(['of another', 'of the guest'])
  })
})
