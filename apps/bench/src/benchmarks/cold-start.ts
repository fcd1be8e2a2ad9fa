import { createDatabase } from '@datasync/engine'
import { fasterThan, median, type Ratio } from '../ratio.ts'
import { startStock } from '../workers/start.ts'
import { CREATE_TABLE, FILL_TEN_MEGABYTES, SELECT_FIRST } from '../workload.ts'

const STARTS = 9

/** From nothing running, with the files in the browser's cache, to the first row in the page. */
export async function compareColdStarts(): Promise<readonly Ratio[]> {
  const ratios: Ratio[] = []
  for (const isLarge of [false, true]) {
    await prepare(isLarge)
    const ours: number[] = []
    const stock: number[] = []
    for (let i = 0; i < STARTS; i++) {
      stock.push(await time(startStockWithFirstRow))
      ours.push(await time(startEngineWithFirstRow))
    }
    ratios.push(
      fasterThan(
        `cold start to first row, ${isLarge ? '10 MB' : 'an empty'} database`,
        median(ours),
        'opfs-sahpool',
        median(stock),
      ),
    )
  }
  return ratios
}

async function prepare(isLarge: boolean): Promise<void> {
  const stock = startStock()
  await stock.call(isLarge ? 'fillTenMegabytes' : 'open')
  stock.end()
  await using database = createDatabase('bench-cold', { storage: 'opfs' })
  await database.exec(isLarge ? CREATE_TABLE + FILL_TEN_MEGABYTES : CREATE_TABLE)
}

async function startStockWithFirstRow(): Promise<() => void> {
  const stock = startStock()
  await stock.call('firstRow')
  return () => stock.end()
}

async function startEngineWithFirstRow(): Promise<() => Promise<void>> {
  const database = createDatabase('bench-cold', { storage: 'opfs' })
  await database.query(SELECT_FIRST)
  return () => database.close()
}

async function time(start: () => Promise<() => void | Promise<void>>): Promise<number> {
  const begin = performance.now()
  const end = await start()
  const duration = performance.now() - begin
  await end()
  return duration
}
