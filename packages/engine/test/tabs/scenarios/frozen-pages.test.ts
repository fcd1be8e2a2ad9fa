import { describe, expect, test } from 'vitest'
import type { Database, DatabaseOptions, QueryObserver } from '../../../src/index.ts'
import { databaseLock } from '../../../src/tabs/tab-names.ts'
import { runInTab } from '../browsers/call-tab.ts'
import { startTabBrowser } from '../browsers/start-tab-browser.ts'
import type { Tab } from '../browsers/tab.ts'
import { inTime } from '../run/in-time.ts'
import { addItem, itemsIn, openDatabase, openThreeTabs, shopOptions, STORES } from './open-tabs.ts'

declare const createDatabase: (name: string, options: DatabaseOptions) => Database
declare let db: Database
declare let codes: Promise<readonly string[]>
declare let count: Promise<number | undefined>
declare let live: QueryObserver<{ readonly count: number }>
declare const codeOf: (promise: Promise<unknown>) => Promise<string>

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

  test(
    'writes of the host that it cut short are applied once, or not known to be',
    { timeout: 120_000 },
    async () => {
      const { host, guest } = await openThreeTabs(shopOptions(storage))
      const names = Array.from({ length: 100 }, (_, index) => `item ${index}`)
      await runInTab(
        host,
        (items) => {
          const writes = items.map((name) => codeOf(db.run('insert into item (name) values (?)', [name])))
          Object.assign(globalThis, { codes: Promise.all(writes) })
        },
        names,
      )
      await host.freeze()
      await addItem(guest, 'meanwhile')
      await host.unfreeze()
      await host.bringToFront()
      const told = await inTime(
        'the answers',
        runInTab(host, () => codes, undefined),
      )
      const found = await itemsIn(guest)
      expect(new Set(found).size).toBe(found.length)
      for (const [index, code] of told.entries()) {
        expect(code).toMatch(/^(none|worker-lost)$/)
        if (code === 'none') expect(found).toContain(names[index])
      }
    },
  )

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

  test(
    'another can open it although its only page has read since it opened it, and reads on later',
    { timeout: 120_000 },
    async () => {
      const options = shopOptions(storage)
      const browser = await startTabBrowser('chromium')
      const reader = await browser.openTab()
      await runInTab(
        reader,
        async ([name, opened]) => {
          const last = 'select 1 union all select n + 1 from number where n < 2000000'
          const numbers = `(with recursive number(n) as (${last}) select n from number)`
          Object.assign(globalThis, { db: createDatabase(name, opened) })
          const statement = `select count(*) as count from ${numbers}`
          const read = db.get<{ count: number }>(statement)
          const observer = db.observe<{ count: number }>(statement)
          observer.subscribe(() => undefined)
          Object.assign(globalThis, { count: read.then((row) => row?.count), live: observer })
          await db.ready
        },
        ['shop', options] as const,
      )
      await reader.freeze()
      const other = await browser.openTab()
      await expect.poll(() => locksSeenBy(other)).not.toContain(databaseLock('shop'))
      await openDatabase(other, 'shop', options)
      await addItem(other, 'meanwhile')
      await reader.unfreeze()
      await reader.bringToFront()
      const counted = inTime(
        'counting',
        runInTab(reader, () => count, undefined),
      )
      expect(await counted).toBe(2_000_000)
      const shown = runInTab(reader, () => live.load().then(() => live.getSnapshot().data), undefined)
      expect(await inTime('the live query', shown)).toEqual([{ count: 2_000_000 }])
      expect(await itemsIn(reader)).toEqual(['meanwhile'])
    },
  )
})

/** The names of all locks that pages and workers of the site hold. */
function locksSeenBy(tab: Tab): Promise<readonly (string | undefined)[]> {
  return runInTab(
    tab,
    async () => {
      const { held = [] } = await navigator.locks.query()
      return held.map(({ name }) => name)
    },
    undefined,
  )
}
