import type { LiveDatabase } from './contender.ts'
import { scattered } from './data.ts'
import { ItemWatchers } from './item-watchers.ts'
import type { ShownTimes } from './tasks.ts'
import { LIMIT_MS, LONG_REST_MS, restAfter, UPDATES_SHOWN, WARM_UP, withoutWarmUp } from './workload.ts'

export async function timeShown(database: LiveDatabase, queries: number): Promise<ShownTimes> {
  const opened = performance.now()
  const watchers = await ItemWatchers.open(database, queries)
  const opening = performance.now() - opened
  const milliseconds: number[] = []
  const acknowledged: number[] = []
  const begun = performance.now()
  for (let update = 1; update <= WARM_UP + UPDATES_SHOWN; update++) {
    // Other rows each time: some run their queries one after another, and the first would be the fastest.
    const id = scattered(update, queries)
    await watchers.callbacks.untilQuiet(restAfter(milliseconds.at(-1)))
    const start = performance.now()
    const [shownAt, acknowledgedAt] = await Promise.all([
      watchers.untilShown(new Map([[id, update]])),
      database.setVersion(id, update).then(() => performance.now()),
    ])
    milliseconds.push(shownAt - start)
    acknowledged.push(acknowledgedAt - start)
    if (performance.now() - begun > LIMIT_MS) break
  }
  await watchers.callbacks.untilQuiet(LONG_REST_MS)
  await watchers.verify(database)
  return { milliseconds: withoutWarmUp(milliseconds), acknowledged: withoutWarmUp(acknowledged), opening }
}
