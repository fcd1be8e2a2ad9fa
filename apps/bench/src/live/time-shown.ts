import type { LiveDatabase } from './contender.ts'
import { scattered } from './data.ts'
import { ItemWatchers } from './item-watchers.ts'
import type { ShownTimes } from './tasks.ts'
import { LIMIT_MS, REST_MS, UPDATES_SHOWN, WARM_UP } from './workload.ts'

export async function timeShown(database: LiveDatabase, queries: number): Promise<ShownTimes> {
  const opened = performance.now()
  const watchers = await ItemWatchers.open(database, queries)
  const opening = performance.now() - opened
  const milliseconds: number[] = []
  const begun = performance.now()
  for (let update = 1; update <= WARM_UP + UPDATES_SHOWN; update++) {
    // Other rows each time: some run their queries one after another, and the first would be the fastest.
    const id = scattered(update, queries)
    await watchers.callbacks.untilQuiet(REST_MS)
    const start = performance.now()
    const [at] = await Promise.all([
      watchers.untilShown(new Map([[id, update]])),
      database.setVersion(id, update),
    ])
    milliseconds.push(at - start)
    if (performance.now() - begun > LIMIT_MS) break
  }
  await watchers.callbacks.untilQuiet(REST_MS)
  await watchers.verify(database)
  // Whoever is too slow to warm up in time is measured cold.
  const measured = milliseconds.slice(WARM_UP)
  return { milliseconds: measured.length > 0 ? measured : milliseconds, opening }
}
