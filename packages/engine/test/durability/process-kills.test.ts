import { once } from 'node:events'
import type { Page } from 'playwright'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Database, DatabaseOptions } from '../../src/index.ts'
import { byMode } from '../support/by-mode.ts'
import { acknowledged, expectWhole, readFound, stepsBefore, writeOn } from './page-workload.ts'
import { type EngineSite, serveEngine } from '../profile/serve-engine.ts'
import { startBrowser } from '../profile/start-browser.ts'
import { temporaryProfile } from '../profile/temporary-profile.ts'

declare const createDatabase: (name: string, options: DatabaseOptions) => Database

const STORES: readonly DatabaseOptions[] = [
  { storage: 'opfs' },
  { storage: 'indexeddb', bridge: 'mirror' },
  { storage: 'indexeddb', bridge: 'jspi' },
  { storage: 'indexeddb', bridge: 'sab' },
]

describe.each(STORES)('P7: acknowledged writes are there, in $storage $bridge,', (options) => {
  test('after the process of the page was killed', { timeout: 1_200_000 }, async () => {
    const site = await openSite()
    const browser = await startBrowser(await temporaryProfile())
    onTestFinished(() => browser.kill())
    let page = await browser.openPage(site.url)
    let step = 0
    for (let round = 0; round <= byMode({ normal: 4, long: 200 }); round++) {
      const found = await readFound(page, options)
      if (typeof found === 'string') throw new Error(found)
      expect(found.step).toBeGreaterThanOrEqual(step)
      expectWhole(found)

      const newest = await writeFor(page, options, found.step, stepsBefore(round))
      await crash(page)
      step = newest()
      page = await browser.openPage(site.url)
    }
  })

  test(
    'after the whole browser was killed, or it is told that they are lost',
    { timeout: 1_200_000 },
    async () => {
      const site = await openSite()
      const profile = await temporaryProfile()
      let step = 0
      for (let round = 0; round <= byMode({ normal: 1, long: 60 }); round++) {
        const browser = await startBrowser(profile)
        onTestFinished(() => browser.kill())
        const page = await browser.openPage(site.url)
        let found = await readFound(page, options)
        if (typeof found === 'string') {
          // The browser itself has dropped all databases (google/leveldb, issue 1287).
          expect([found, options.storage]).toEqual(['database-lost', 'indexeddb'])
          await remove(page, options)
          step = 0
          found = await readFound(page, options)
        }
        if (typeof found === 'string') throw new Error(found)
        expect(found.step).toBeGreaterThanOrEqual(step)
        expectWhole(found)

        const newest = await writeFor(page, options, found.step, stepsBefore(round))
        await browser.kill()
        step = newest()
      }
    },
  )
})

async function openSite(): Promise<EngineSite> {
  const site = await serveEngine()
  onTestFinished(() => site.close())
  return site
}

/** Has the page write on until so many steps were acknowledged. What is returned tells the newest. */
async function writeFor(
  page: Page,
  options: DatabaseOptions,
  from: number,
  steps: number,
): Promise<() => number> {
  const told = acknowledged(page, from + steps)
  await writeOn(page, options, from)
  return (await told).newest
}

async function crash(page: Page): Promise<void> {
  const crashed = once(page as never, 'crash')
  const session = await page.context().newCDPSession(page)
  // Nobody is left to answer.
  session.send('Page.crash').catch(() => undefined)
  await crashed
  await page.close()
}

async function remove(page: Page, options: DatabaseOptions): Promise<void> {
  await page.evaluate((shop) => createDatabase('shop', shop).delete(), options)
}
