import { describe, expect, test } from 'vitest'
import { callTab } from '../browsers/call-tab.ts'
import { startTabBrowser } from '../browsers/start-tab-browser.ts'
import type { Tab } from '../browsers/tab.ts'
import { bankOptions } from '../bank.ts'
import { checkSnapshots } from '../history-checker/check-snapshots.ts'
import type { Action, SnapshotRecord } from '../order.ts'
import { untilNothing } from '../run/in-time.ts'
import { STORES } from './open-tabs.ts'

/** A tab, and all that its live queries have delivered. */
interface Watched {
  readonly tab: Tab
  readonly name: string
  readonly snapshots: SnapshotRecord[]
}

describe.each(STORES)('live queries in %s', (storage) => {
  test.each(['close', 'crash'] as const)(
    'go on where they are shown when the tab of the host is gone by %s: none is pending, missed or repeated',
    { timeout: 120_000 },
    async (end) => {
      const [host, guest, other] = await openWatched(storage)
      await order(guest, 1, { kind: 'insert', entries: [1] })
      await untilShown([host, guest, other], 1)
      await host.tab[end]()
      await order(other, 2, { kind: 'insert', entries: [1] })
      await untilShown([guest, other], 2)
      for (const { snapshots } of [guest, other]) {
        expect(checkSnapshots(snapshots)).toEqual([])
        expect(shownEntries(snapshots)).toEqual([0, 1, 2])
        expect(snapshots.filter(({ query }) => query === 'accounts')).toHaveLength(1)
      }
    },
  )

  test('show what was written while the engine moved', { timeout: 120_000 }, async () => {
    const [host, guest, other] = await openWatched(storage)
    await order(host, 1, { kind: 'insert', entries: [1] })
    await untilAnswered(host)
    await host.tab.close()
    await untilShown([guest, other], 1)
    await guest.tab.bringToFront()
    await order(guest, 2, { kind: 'insert', entries: [1, 2] })
    await other.tab.bringToFront()
    await order(other, 3, { kind: 'insert', entries: [1, 2] })
    await untilShown([guest, other], 5)
    for (const { snapshots } of [guest, other]) expect(checkSnapshots(snapshots)).toEqual([])
  })

  test(
    'that are the same in three tabs show the same, also when some end',
    { timeout: 120_000 },
    async () => {
      const [first, second, third] = await openWatched(storage)
      await order(second, 1, { kind: 'batch', entries: [1, 2] })
      await untilShown([first, second, third], 2)
      await order(third, 2, { kind: 'transfer', transfer: 1, source: 1, target: 2, amount: 5, retry: true })
      await untilBalance([first, second, third], 995)
      await callTab(second.tab, 'close')
      await order(first, 3, { kind: 'insert', entries: [1] })
      await untilShown([first, third], 3)
      for (const { snapshots } of [first, third]) {
        expect(shownEntries(snapshots)).toEqual([0, 2, 3])
        expect(checkSnapshots(snapshots)).toEqual([])
      }
    },
  )
})

async function openWatched(storage: (typeof STORES)[number]): Promise<readonly [Watched, Watched, Watched]> {
  const browser = await startTabBrowser('chromium')
  const open = async (name: string): Promise<Watched> => {
    const tab = await browser.openTab()
    await callTab(tab, 'open', 'bank', bankOptions(storage), name, [])
    const watched = { tab, name, snapshots: [] }
    await untilShown([watched], 0)
    return watched
  }
  const tabs = [await open('first'), await open('second'), await open('third')] as const
  await tabs[0].tab.bringToFront()
  await untilNothing(async () => {
    const { role, records } = await callTab(tabs[0].tab, 'report')
    tabs[0].snapshots.push(...records.filter((record) => record.type === 'snapshot'))
    return role === 'host' ? [] : [`the tab in front is ${role}`]
  })
  return tabs
}

async function order({ tab }: Watched, id: number, action: Action): Promise<void> {
  await callTab(tab, 'start', [{ id, action }])
}

/** What a host has not acknowledged to itself goes with it. */
function untilAnswered({ tab, name }: Watched): Promise<void> {
  return untilNothing(async () => {
    const { pending } = await callTab(tab, 'report')
    return pending.map((id) => `order ${id} of ${name} is not answered`)
  })
}

function untilShown(tabs: readonly Watched[], entries: number): Promise<void> {
  return until(tabs, `${entries} entries`, (snapshots) => shownEntries(snapshots).at(-1) === entries)
}

function untilBalance(tabs: readonly Watched[], balance: number): Promise<void> {
  return until(
    tabs,
    `a balance of ${balance}`,
    (snapshots) =>
      snapshots.findLast(({ query }) => query === 'accounts')?.rows?.[0]?.['balance'] === balance,
  )
}

async function until(
  tabs: readonly Watched[],
  what: string,
  shows: (snapshots: readonly SnapshotRecord[]) => boolean,
): Promise<void> {
  await untilNothing(async () => {
    for (const { tab, snapshots } of tabs) {
      const { records } = await callTab(tab, 'report')
      snapshots.push(...records.filter((record) => record.type === 'snapshot'))
    }
    return tabs
      .filter(({ snapshots }) => !shows(snapshots))
      .map(({ name }) => `${name} does not show ${what}`)
  })
}

/** How many entries were shown, one number after another. */
function shownEntries(snapshots: readonly SnapshotRecord[]): readonly unknown[] {
  return snapshots
    .filter(({ query, rows }) => query === 'entries' && rows !== undefined)
    .map(({ rows }) => rows?.[0]?.['n'])
}
