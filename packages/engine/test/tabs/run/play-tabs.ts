import { expect } from 'vitest'
import { bankOptions } from '../bank.ts'
import { startTabBrowser } from '../browsers/start-tab-browser.ts'
import type { TabBrowser } from '../browsers/tab.ts'
import { judgeRun } from './judge-run.ts'
import { drawTabEvents, type TabChange } from './tab-events.ts'
import { TabRun } from './tab-run.ts'

/** Plays so many random events in a browser of its own, and expects that every promise was kept. */
export async function playTabs(options: {
  readonly browser: TabBrowser['name']
  readonly storage: 'opfs' | 'indexeddb'
  readonly count: number
  readonly without?: readonly TabChange[]
}): Promise<void> {
  const seed = Number(process.env['TABS_SEED'] ?? Date.now() % 2 ** 31)
  const events = drawTabEvents({ count: options.count, seed, without: options.without ?? [] })
  const run = new TabRun(await startTabBrowser(options.browser), bankOptions(options.storage))
  try {
    await run.play(events)
    expect(await judgeRun(run)).toEqual([])
  } catch (error) {
    throw new Error(`With TABS_SEED=${seed}, after:\n${run.trace}\n${String(error)}`, { cause: error })
  }
}
