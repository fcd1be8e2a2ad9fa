import { describe, expect, test } from 'vitest'
import type { Database } from '../../../src/index.ts'
import { runInTab } from '../browsers/call-tab.ts'
import type { Tab } from '../browsers/tab.ts'
import { untilNothing } from '../run/in-time.ts'
import { ChannelSpy } from './channel-spy.ts'
import { addItem, itemsIn, openThreeTabs, type OpenTabs, shopOptions, STORES_OF_PAGES } from './open-tabs.ts'

declare let db: Database

const POSTINGS = {
  'what nobody says': (spy: ChannelSpy) => spy.babble(),
  'all messages once more': (spy: ChannelSpy) => spy.repeat(),
  'all messages as of an older version': (spy: ChannelSpy) => spy.repeatAged(),
}

describe.each(STORES_OF_PAGES)('on the channels of a database in %s', (storage) => {
  test.each(Object.keys(POSTINGS) as (keyof typeof POSTINGS)[])(
    '%s can be posted, and nothing comes of it',
    { timeout: 120_000 },
    async (posting) => {
      const tabs = await openThreeTabs(shopOptions(storage))
      const spy = new ChannelSpy(await tabs.browser.openTab())
      await spy.listen('shop')
      const expected = await writeRound(tabs, 'before', [])
      // On the channel of all, and on those of both guests.
      await untilNothing(async () =>
        (await spy.heard()).filter((count) => count > 0).length < 3 ? ['not all were heard'] : [],
      )
      await POSTINGS[posting](spy)
      const after = await writeRound(tabs, 'after', expected)
      await POSTINGS[posting](spy)
      await tabs.host.close()
      await POSTINGS[posting](spy)
      const rest = { ...tabs, host: tabs.other }
      await writeRound(rest, 'with another host', after)
      for (const tab of [tabs.guest, tabs.other]) {
        expect(tab.uncaught).toEqual([])
        expect(await phaseOf(tab)).toBe('open')
        expect(await ignoredBy(tab)).toBeGreaterThan(0)
      }
    },
  )
})

/** Each tab writes, one after another; all of them read all. */
async function writeRound(
  { host, guest, other }: OpenTabs,
  round: string,
  before: readonly string[],
): Promise<readonly string[]> {
  const tabs = [...new Set([host, guest, other])]
  const names = tabs.map((_, index) => `${index} ${round}`)
  for (const [index, tab] of tabs.entries()) await addItem(tab, `${index} ${round}`)
  const expected = [...before, ...names]
  for (const tab of tabs) expect(await itemsIn(tab)).toEqual(expected)
  return expected
}

function ignoredBy(tab: Tab): Promise<number> {
  return runInTab(tab, async () => (await db.metrics()).host?.ignoredMessages ?? 0, undefined)
}

function phaseOf(tab: Tab): Promise<string> {
  return runInTab(tab, () => db.status.getSnapshot().phase, undefined)
}
