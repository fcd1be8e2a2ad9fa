import { createDatabase } from '@datasync/engine'
import { fasterThan, median, type Ratio } from '../ratio.ts'
import { startStock } from '../workers/start.ts'
import { CREATE_TABLE, FILL_TABLE, ROUNDS, SELECT_ALL } from '../workload.ts'

/** The same rows as objects in the page: what crosses from the worker counts too. */
export async function comparePageReads(): Promise<readonly Ratio[]> {
  const stock = startStock()
  await stock.call('open')
  await stock.call('fill')
  const stockMs = await timeRounds(() => stock.call('sendRows'))
  stock.end()

  await using database = createDatabase('bench-page-reads', { storage: 'opfs' })
  await database.exec(CREATE_TABLE + FILL_TABLE)
  const ourMs = await timeRounds(() => database.query(SELECT_ALL))
  return [fasterThan('the same rows as objects in the page', ourMs, 'oo1.exec, postMessage', stockMs)]
}

async function timeRounds(round: () => Promise<unknown>): Promise<number> {
  const durations: number[] = []
  for (let i = 0; i < ROUNDS; i++) {
    const start = performance.now()
    await round()
    durations.push(performance.now() - start)
  }
  return median(durations)
}
