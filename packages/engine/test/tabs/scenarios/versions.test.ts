import { describe, expect, test } from 'vitest'
import type { Database, DatabaseOptions } from '../../../src/index.ts'
import { runInTab } from '../browsers/call-tab.ts'
import { startTabBrowser } from '../browsers/start-tab-browser.ts'
import type { Tab } from '../browsers/tab.ts'
import { inTime, untilNothing } from '../run/in-time.ts'
import { addItem, itemsIn, openDatabase, openTab, shopOptions, STORES_OF_PAGES } from './open-tabs.ts'

declare const createDatabase: (name: string, options: DatabaseOptions) => Database
declare const codeOf: (promise: Promise<unknown>) => Promise<string>
declare let db: Database
declare let outdated: number

describe.each(STORES_OF_PAGES)('two versions of an app, with a database in %s,', (storage) => {
  const older = shopOptions(storage)
  const newer: DatabaseOptions = {
    storage,
    migrations: [
      ...(older.migrations ?? []),
      "alter table item add column price integer default 1; insert into item (name) values ('migrated')",
    ],
  }

  test('the older ends when the newer is opened, and is told', { timeout: 120_000 }, async () => {
    const browser = await startTabBrowser('chromium')
    const tabs = [await openTab(browser, 'shop', older), await openTab(browser, 'shop', older)]
    await Promise.all(tabs.map(listen))
    await addItem(tabs[0] as Tab, 'old')
    const modern = await openTab(browser, 'shop', newer)
    await untilNothing(async () =>
      (await Promise.all(tabs.map(endOf))).filter((end) => end !== 'failed by outdated, told 1 times'),
    )
    for (const tab of tabs) {
      const code = await inTime(
        'a late call',
        runInTab(tab, () => codeOf(db.run('delete from item')), undefined),
      )
      expect(code).toBe('outdated')
    }
    await addItem(modern, 'new')
    expect(await itemsIn(modern)).toEqual(['old', 'migrated', 'new'])
    await Promise.all(tabs.map((tab) => tab.close()))
    expect(await itemsIn(modern)).toEqual(['old', 'migrated', 'new'])
  })

  test('migrations run once, also if many tabs open at once', { timeout: 120_000 }, async () => {
    const browser = await startTabBrowser('chromium')
    const outdatedTab = await openTab(browser, 'shop', older)
    const tabs = [await browser.openTab(), await browser.openTab(), await browser.openTab()]
    await Promise.all(tabs.map((tab) => openDatabase(tab, 'shop', newer)))
    for (const tab of tabs) expect(await itemsIn(tab)).toEqual(['migrated'])
    await outdatedTab.reload()
    await openDatabase(outdatedTab, 'shop', newer)
    expect(await itemsIn(outdatedTab)).toEqual(['migrated'])
  })

  test('the older cannot open while the newer is open, which goes on', { timeout: 120_000 }, async () => {
    const browser = await startTabBrowser('chromium')
    const modern = await openTab(browser, 'shop', newer)
    const tab = await browser.openTab()
    const code = await inTime(
      'opening',
      runInTab(
        tab,
        ([name, options]) => {
          Object.assign(globalThis, { db: createDatabase(name, options) })
          return codeOf(db.ready)
        },
        ['shop', older] as const,
      ),
    )
    expect(code).toMatch(/^(outdated|schema-newer)$/)
    await addItem(modern, 'new')
    expect(await itemsIn(modern)).toEqual(['migrated', 'new'])
    await modern.close()
    await tab.reload()
    await openDatabase(tab, 'shop', newer)
    expect(await itemsIn(tab)).toEqual(['migrated', 'new'])
  })
})

function listen(tab: Tab): Promise<void> {
  return runInTab(
    tab,
    () => {
      Object.assign(globalThis, { outdated: 0 })
      db.onOutdated(() => outdated++)
    },
    undefined,
  )
}

function endOf(tab: Tab): Promise<string> {
  return runInTab(
    tab,
    () => {
      const { phase, error } = db.status.getSnapshot()
      return `${phase} by ${error?.code}, told ${outdated} times`
    },
    undefined,
  )
}
