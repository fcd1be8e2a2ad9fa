import type { LiveDatabase } from './contender.ts'
import { ItemWatchers } from './item-watchers.ts'
import { LIMIT_MS, LONG_REST_MS, UPDATE_ROUNDS, UPDATES_AT_ONCE } from './workload.ts'

export async function timeUpdates(database: LiveDatabase, queries: number): Promise<readonly number[]> {
  const watchers = await ItemWatchers.open(database, queries)
  // One update of each row, until the code of everyone is compiled.
  await timeRound(database, watchers, { queries, from: 1, updates: queries })
  const durations: number[] = []
  let spent = 0
  for (let round = 0; round < UPDATE_ROUNDS && spent < LIMIT_MS; round++) {
    await watchers.callbacks.untilQuiet(LONG_REST_MS)
    const from = 2 + (round * UPDATES_AT_ONCE) / queries
    const duration = await timeRound(database, watchers, { queries, from, updates: UPDATES_AT_ONCE })
    durations.push(duration)
    spent += duration
  }
  await watchers.callbacks.untilQuiet(LONG_REST_MS)
  await watchers.verify(database)
  return durations
}

interface Round {
  readonly queries: number
  /** The first version that is written. */
  readonly from: number
  readonly updates: number
}

/** Until all updates were acknowledged, and every live query shows the last version of its row. */
async function timeRound(
  database: LiveDatabase,
  watchers: ItemWatchers,
  { queries, from, updates }: Round,
): Promise<number> {
  const last = from + updates / queries - 1
  const expected = new Map(Array.from({ length: queries }, (_, index) => [index + 1, last]))
  const start = performance.now()
  const shown = watchers.untilShown(expected)
  const writes = Array.from({ length: updates }, (_, index) =>
    database.setVersion((index % queries) + 1, from + Math.floor(index / queries)),
  )
  await Promise.all([shown, ...writes])
  return performance.now() - start
}
