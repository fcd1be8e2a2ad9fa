import { describe, expect, test } from 'vitest'
import type { Database } from '../../../src/index.ts'
import { runInTab } from '../browsers/call-tab.ts'
import type { Tab } from '../browsers/tab.ts'
import { inTime, untilNothing } from '../run/in-time.ts'
import { addItem, itemsIn, openDatabase, openThreeTabs, shopOptions, STORES } from './open-tabs.ts'

declare const codeOf: (promise: Promise<unknown>) => Promise<string>
declare let db: Database

describe.each(STORES)('a database in %s', (storage) => {
  test.each(['host', 'guest'] as const)(
    'that is deleted by the %s is closed in all other tabs, and can be made anew',
    { timeout: 120_000 },
    async (who) => {
      const tabs = await openThreeTabs(shopOptions(storage))
      await addItem(tabs.other, 'old')
      const deleting = who === 'host' ? tabs.host : tabs.guest
      const others = [tabs.host, tabs.guest, tabs.other].filter((tab) => tab !== deleting)
      await inTime(
        'deleting',
        runInTab(deleting, () => db.delete(), undefined),
      )
      await untilNothing(async () => {
        const found = await Promise.all(others.map(endOf))
        return found.filter((end) => end !== 'closed by deleted').map((end) => `another tab is ${end}`)
      })
      for (const tab of others) {
        const code = await inTime(
          'a late call',
          runInTab(tab, () => codeOf(db.query('select 1')), undefined),
        )
        expect(code).toMatch(/^(deleted|closed)$/)
      }
      for (const tab of [tabs.host, tabs.guest, tabs.other]) {
        await openDatabase(tab, 'shop', shopOptions(storage))
      }
      await addItem(tabs.guest, 'new')
      expect(await itemsIn(tabs.host)).toEqual(['new'])
      expect(await itemsIn(tabs.other)).toEqual(['new'])
    },
  )

  test('that is deleted answers all calls of guests that are under way', { timeout: 120_000 }, async () => {
    const { host, guest } = await openThreeTabs(shopOptions(storage))
    const writes = runInTab(
      guest,
      async () => {
        const calls = Array.from({ length: 100 }, () =>
          codeOf(db.run("insert into item (name) values ('x')")),
        )
        return [...new Set(await Promise.all(calls))]
      },
      undefined,
    )
    await runInTab(host, () => db.delete(), undefined)
    for (const code of await inTime('the answers', writes)) expect(code).toMatch(/^(none|deleted|closed)$/)
  })
})

function endOf(tab: Tab): Promise<string> {
  return runInTab(
    tab,
    () => {
      const { phase, error } = db.status.getSnapshot()
      return `${phase} by ${error?.code}`
    },
    undefined,
  )
}
