import type { LiveDatabase } from './contender.ts'
import { ItemWatchers } from './item-watchers.ts'
import type { Spurious } from './tasks.ts'
import { ITEMS, LONG_REST_MS, SPURIOUS_UPDATES } from './workload.ts'

export async function countSpurious(database: LiveDatabase, queries: number): Promise<Spurious> {
  const watchers = await ItemWatchers.open(database, queries)
  const { callbacks } = watchers
  await callbacks.untilQuiet(LONG_REST_MS)
  const countedCallbacks = callbacks.count
  const countRuns = database.countRuns?.() ?? (() => callbacks.count - countedCallbacks)
  for (let update = 1; update <= SPURIOUS_UPDATES; update++) {
    await database.setVersion(ITEMS.count - update, update)
    await callbacks.untilQuiet(LONG_REST_MS)
  }
  const spurious = {
    updates: SPURIOUS_UPDATES,
    callbacks: callbacks.count - countedCallbacks,
    runs: countRuns(),
  }
  // Nothing is spurious where nothing is live.
  await Promise.all([watchers.untilShown(new Map([[queries, 1]])), database.setVersion(queries, 1)])
  await watchers.verify(database)
  return spurious
}
