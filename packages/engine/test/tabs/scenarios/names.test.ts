import { describe, expect, test } from 'vitest'
import type { Database } from '../../../src/index.ts'
import { nastyNames } from '../../storage/nasty-names.ts'
import { runInTab } from '../browsers/call-tab.ts'
import { startTabBrowser } from '../browsers/start-tab-browser.ts'
import type { Tab } from '../browsers/tab.ts'
import { addItem, itemsIn, openDatabase, shopOptions, STORES_OF_PAGES } from './open-tabs.ts'

declare let db: Database

/** Names that could be taken for that of a lock, or of a channel, of the database `a`. */
const NEIGHBOURS = ['a', 'a:next', 'a:tab:1', 'a%3Anext', 'datasync:a']

describe.each(STORES_OF_PAGES)('in %s', (storage) => {
  test('tabs share a database whatever its name is', { timeout: 240_000 }, async () => {
    const browser = await startTabBrowser('chromium')
    const [first, second] = [await browser.openTab(), await browser.openTab()]
    for (const [index, name] of nastyNames.entries()) {
      await openDatabase(first, name, shopOptions(storage))
      await openDatabase(second, name, shopOptions(storage))
      await addItem(first, `${index} by the first`)
      await addItem(second, `${index} by the second`)
      const expected = [`${index} by the first`, `${index} by the second`]
      expect(await itemsIn(second)).toEqual(expected)
      expect(await itemsIn(first)).toEqual(expected)
      await close(first)
      expect(await itemsIn(second)).toEqual(expected)
      await close(second)
    }
  })

  test('databases do not disturb each other, also with names like theirs', { timeout: 120_000 }, async () => {
    const browser = await startTabBrowser('chromium')
    const tabs: (readonly [string, Tab, Tab])[] = []
    for (const name of NEIGHBOURS) {
      const [first, second] = [await browser.openTab(), await browser.openTab()]
      await openDatabase(first, name, shopOptions(storage))
      await openDatabase(second, name, shopOptions(storage))
      tabs.push([name, first, second])
    }
    await Promise.all(tabs.map(([name, first]) => addItem(first, `of ${name}`)))
    await tabs[0]?.[1].close()
    await Promise.all(tabs.map(([name, , second]) => addItem(second, `later of ${name}`)))
    for (const [name, , second] of tabs) {
      expect(await itemsIn(second)).toEqual([`of ${name}`, `later of ${name}`])
    }
    await runInTab(tabs[0]?.[2] as Tab, () => db.delete(), undefined)
    for (const [name, first] of tabs.slice(1)) {
      expect(await itemsIn(first)).toEqual([`of ${name}`, `later of ${name}`])
    }
  })
})

function close(tab: Tab): Promise<void> {
  return runInTab(tab, () => db.close(), undefined)
}
