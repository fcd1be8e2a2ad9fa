import type { Outcomes } from '../../src/tabs/tasks.ts'
import type { OpenTab } from './tab-group.ts'

/** Whatever was acknowledged must be there, and nothing else but what may have been refused too late. */
export async function verifyEntries(tab: OpenTab, outcomes: readonly Outcomes[]): Promise<void> {
  const found = await tab.perform('countEntries')
  const acknowledged = sum(outcomes, (one) => one.acknowledged)
  const refused = sum(outcomes, (one) => one.refused)
  if (found >= acknowledged && found <= acknowledged + refused) return
  throw new Error(
    `verification failed: ${acknowledged} writes acknowledged, ${refused} refused, ${found} found`,
  )
}

/** What a figure says of writes that were refused. */
export function noteRefused(outcomes: readonly Outcomes[]): string | undefined {
  const refused = sum(outcomes, (one) => one.refused)
  if (refused === 0) return undefined
  const all = refused + sum(outcomes, (one) => one.acknowledged)
  const reason = outcomes.find((one) => one.reason !== undefined)?.reason
  return `${((100 * refused) / all).toFixed(1)} % refused, first: ${reason}`
}

function sum(outcomes: readonly Outcomes[], pick: (one: Outcomes) => number): number {
  return outcomes.reduce((total, one) => total + pick(one), 0)
}
