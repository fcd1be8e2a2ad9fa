import { describe, expect, test } from 'vitest'
import type { Database } from '../../src/index.ts'
import { runInTab } from './browsers/call-tab.ts'
import type { Tab } from './browsers/tab.ts'
import { inTime, untilNothing } from './run/in-time.ts'
import { ChannelSpy } from './scenarios/channel-spy.ts'
import { addItem, openDatabase, openThreeTabs, shopOptions, STORES } from './scenarios/open-tabs.ts'

declare let db: Database

/** In which order the tabs close their handles. */
const ORDERS = {
  'the host first': ['host', 'guest', 'other'],
  'the host last': ['other', 'guest', 'host'],
  'the host in between': ['guest', 'host', 'other'],
} as const

describe.each(STORES)('when all tabs have closed a database in %s', (storage) => {
  test.each(Object.keys(ORDERS) as (keyof typeof ORDERS)[])(
    'no lock, no worker and nobody who answers is left, %s',
    { timeout: 120_000 },
    async (order) => {
      const tabs = await openThreeTabs(shopOptions(storage))
      const silent = await tabs.browser.openTab()
      const spy = new ChannelSpy(silent)
      await spy.listen('shop')
      await addItem(tabs.guest, 'item')
      for (const who of ORDERS[order]) await close(tabs[who])
      await expectNothingLeft(silent, [tabs.host, tabs.guest, tabs.other])
      await expectSilence(spy, tabs.other)
    },
  )

  test('nothing is left either when they do so at once, ever again', { timeout: 120_000 }, async () => {
    const { browser, host, guest, other } = await openThreeTabs(shopOptions(storage))
    const silent = await browser.openTab()
    const tabs = [host, guest, other]
    for (let round = 0; round < 5; round++) {
      await Promise.all(tabs.map(close))
      await expectNothingLeft(silent, tabs)
      await Promise.all(tabs.map((tab) => openDatabase(tab, 'shop', shopOptions(storage))))
    }
  })

  test('nothing is left when one of them deletes it', { timeout: 120_000 }, async () => {
    const { browser, host, guest, other } = await openThreeTabs(shopOptions(storage))
    const silent = await browser.openTab()
    await inTime(
      'deleting',
      runInTab(guest, () => db.delete(), undefined),
    )
    await expectNothingLeft(silent, [host, guest, other])
  })
})

function close(tab: Tab): Promise<void> {
  return inTime(
    'closing',
    runInTab(tab, () => db.close(), undefined),
  )
}

async function expectNothingLeft(silent: Tab, tabs: readonly Tab[]): Promise<void> {
  await untilNothing(async () => {
    const locks = await runInTab(
      silent,
      async () => {
        const { held = [], pending = [] } = await navigator.locks.query()
        return [...held, ...pending]
          .map(({ name = '' }) => name)
          .filter((name) => name.startsWith('datasync'))
      },
      undefined,
    )
    const workers = await Promise.all(tabs.map((tab) => tab.countWorkers()))
    return [
      ...locks.map((name) => `the lock ${name} is left`),
      ...workers.filter((count) => count > 0).map((count) => `${count} workers are left in a page`),
    ]
  })
}

/** What was once said is said again, and nobody answers before another page could. */
async function expectSilence(spy: ChannelSpy, other: Tab): Promise<void> {
  const before = await spy.heard()
  await spy.repeat()
  await runInTab(other, () => new BroadcastChannel('datasync:shop').postMessage('the last word'), undefined)
  await untilNothing(async () =>
    (await spy.heard())[0] === before[0] ? ['the last word was not heard'] : [],
  )
  expect((await spy.heard()).map((count, index) => count - (before[index] ?? 0))).toEqual([
    1,
    ...before.slice(1).map(() => 0),
  ])
}
