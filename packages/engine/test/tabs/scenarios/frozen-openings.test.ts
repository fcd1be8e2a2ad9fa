import { describe, expect, test } from 'vitest'
import type { Database, DatabaseOptions } from '../../../src/index.ts'
import { runInTab } from '../browsers/call-tab.ts'
import { startTabBrowser } from '../browsers/start-tab-browser.ts'
import { inTime } from '../run/in-time.ts'
import { addItem, itemsIn, openDatabase, shopOptions, STORES_OF_PAGES } from './open-tabs.ts'

declare const createDatabase: (name: string, options: DatabaseOptions) => Database
declare let db: Database

/** Milliseconds from when a page begins to open the database to when it is frozen. */
const MOMENTS = Array.from({ length: 8 }, (_, index) => index * 18)
/** Milliseconds of silence after which others take the database from a page that stands still. */
const DESPAIR = 5000

describe.each(STORES_OF_PAGES)('a page that is frozen while it opens a database in %s', (storage) => {
  test('keeps no other from it, and goes on when it is woken', { timeout: 120_000 }, async () => {
    const options = shopOptions(storage)
    const browser = await startTabBrowser('chromium')
    const frozen = await browser.openTab()
    const other = await browser.openTab()
    const waits: number[] = []
    for (const moment of MOMENTS) {
      const name = `shop ${moment}`
      await runInTab(
        frozen,
        async ([database, opened, time]) => {
          Object.assign(globalThis, { db: createDatabase(database, opened) })
          void db.ready
          await new Promise((resolve) => setTimeout(resolve, time))
        },
        [name, options, moment] as const,
      )
      await frozen.freeze()

      const start = performance.now()
      await openDatabase(other, name, options)
      await addItem(other, 'meanwhile')
      waits.push(performance.now() - start)

      await frozen.unfreeze()
      await frozen.bringToFront()
      expect(await inTime('waking', itemsIn(frozen))).toEqual(['meanwhile'])
      for (const tab of [frozen, other]) await runInTab(tab, () => db.close(), undefined)
      await other.bringToFront()
    }
    // A lock that the browser gives to a page in the moment in which it freezes stays with it.
    const rare = waits.filter((wait) => wait > DESPAIR)
    expect(rare.length).toBeLessThanOrEqual(1)
  })
})
