import { describe, expect, test } from 'vitest'
import type { Database, DatabaseOptions } from '../../src/index.ts'
import { BRIDGES, bridgeOptions } from './indexeddb-bridges.ts'
import { type EnginePage, openEnginePage } from '../profile/open-engine-page.ts'

declare const createDatabase: (name: string, options: DatabaseOptions) => Database
declare let db: Database

/** Ways in which the data of an open database goes. */
const LOSSES = {
  'the browser clears the data of the site': async ({ page, url }: EnginePage) => {
    const session = await page.context().newCDPSession(page)
    await session.send('Storage.clearDataForOrigin', { origin: url, storageTypes: 'indexeddb' })
  },
  'another page deletes it': async ({ browser, url }: EnginePage) => {
    const other = await browser.openPage(url)
    await other.evaluate(async () => {
      for (const { name = '' } of await indexedDB.databases()) {
        await new Promise((resolve, reject) => {
          const request = indexedDB.deleteDatabase(name)
          request.addEventListener('success', resolve)
          request.addEventListener('error', reject)
        })
      }
    })
    await other.close()
  },
}

describe.each(BRIDGES)('on the bridge %s, where the data of an open database is gone,', (bridge) => {
  test.each(Object.keys(LOSSES) as (keyof typeof LOSSES)[])(
    'writes are refused, and it can be deleted and made anew: %s',
    { timeout: 120_000 },
    async (loss) => {
      const opened = await openEnginePage()
      const { page } = opened
      const options = bridgeOptions(bridge)
      await page.evaluate(async (shop) => {
        Object.assign(globalThis, { db: createDatabase('shop', shop) })
        await db.run("insert into item (content) values ('acknowledged')")
      }, options)
      await LOSSES[loss](opened)
      const write = (): Promise<string> =>
        page.evaluate(() =>
          db.run("insert into item (content) values ('late')").then(
            () => 'acknowledged',
            (error: { code: string }) => error.code,
          ),
        )
      expect(await write()).toBe('database-lost')
      // The worker ends with that, which may meet the next call; the one after is told by another worker.
      expect(await write()).toMatch(/database-lost|worker-lost/)
      expect(await write()).toBe('database-lost')
      const afterwards = await page.evaluate(async (shop) => {
        await db.close()
        const lost = createDatabase('shop', shop)
        const reason = await lost.ready.then(
          () => 'open',
          (error: { code: string }) => error.code,
        )
        await lost.delete()
        const made = createDatabase('shop', shop)
        await made.run("insert into item (content) values ('new')")
        const rows = await made.query('select content from item')
        await made.close()
        return { reason, rows }
      }, options)
      expect(afterwards).toEqual({ reason: 'database-lost', rows: [{ content: 'new' }] })
    },
  )
})
