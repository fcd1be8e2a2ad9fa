import { Callbacks } from './callbacks.ts'
import type { LiveDatabase } from './contender.ts'
import { ItemWatchers } from './item-watchers.ts'
import type { BulkTime, BulkTimes } from './tasks.ts'
import { BULK, BULK_ROUNDS, GRACE_MS, ITEMS, LONG_REST_MS } from './workload.ts'

export async function timeBulk(database: LiveDatabase, queries: number): Promise<BulkTimes> {
  // The first one makes files larger, and has code compiled.
  await timeInsert(database, new Callbacks())
  const alone: BulkTime[] = []
  const watched: BulkTime[] = []
  for (let round = 0; round < BULK_ROUNDS; round++) {
    alone.push(await timeInsert(database, new Callbacks()))
    const watchers = await ItemWatchers.open(database, queries)
    await watchers.callbacks.untilQuiet(LONG_REST_MS)
    watched.push(await timeInsert(database, watchers.callbacks))
    await watchers.verify(database)
    await watchers.stop()
    await new Promise((resolve) => setTimeout(resolve, GRACE_MS))
  }
  return { alone, watched }
}

async function timeInsert(database: LiveDatabase, callbacks: Callbacks): Promise<BulkTime> {
  const counted = callbacks.count
  const start = performance.now()
  await database.insert(BULK)
  const acknowledged = performance.now()
  await callbacks.untilQuiet(LONG_REST_MS)
  const time = {
    settled: Math.max(acknowledged, callbacks.last) - start,
    acknowledged: acknowledged - start,
    callbacks: callbacks.count - counted,
  }
  const count = await database.count()
  if (count !== ITEMS.count + BULK.count) throw new Error(`verification failed: ${count} rows`)
  await database.remove(BULK)
  await callbacks.untilQuiet(LONG_REST_MS)
  return time
}
