import { createDatabase, type Database } from '@datasync/engine'
import { fasterThan, median, type Ratio } from '../ratio.ts'

const UPDATES = 200
const SIZES = [1, 10, 100, 1000, 10_000] as const

/**
 * From the call that updates one row to the callback of the one live query that shows it, beside others that each
 * show another row of the same table. What they add is what the engine pays for having them.
 */
export async function measureLiveUpdates(): Promise<readonly Ratio[]> {
  const times = new Map<number, number>()
  for (const size of SIZES) times.set(size, await measure(size))
  const alone = times.get(1) ?? Number.NaN
  return SIZES.map((size) =>
    fasterThan(
      `one-row update to callback, ${size} live queries`,
      times.get(size) ?? Number.NaN,
      '1 live query',
      alone,
    ),
  )
}

async function measure(size: number): Promise<number> {
  await using database = createDatabase(`bench-live-${size}`, { storage: 'opfs' })
  await database.exec(`
    drop table if exists item;
    create table item (id integer primary key, name text, version integer);
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 10000)
    insert into item select i, 'item ' || i, 0 from n;`)
  await observeOthers(database, size - 1)
  const shown = database.observe<{ version: number }>('select * from item where id = ?', [1])
  let called = (): void => undefined
  shown.subscribe(() => called())
  await shown.load()
  const durations: number[] = []
  for (let version = 1; version <= UPDATES; version++) {
    const start = performance.now()
    await new Promise<void>((resolve) => {
      called = () => {
        if (shown.getSnapshot().data?.[0]?.version === version) resolve()
      }
      void database.run('update item set version = ? where id = 1', [version])
    })
    durations.push(performance.now() - start)
  }
  return median(durations)
}

async function observeOthers(database: Database, count: number): Promise<void> {
  const observers = Array.from({ length: count }, (_, index) =>
    database.observe('select * from item where id = ?', [index + 2]),
  )
  for (const observer of observers) observer.subscribe(() => undefined)
  await Promise.all(observers.map((observer) => observer.load()))
}
