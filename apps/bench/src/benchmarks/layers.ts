import { fasterThan, median, moreThan, type Ratio } from '../ratio.ts'
import type { Caller } from '../workers/call.ts'
import { startEngine, startStock } from '../workers/start.ts'
import { ALTERNATIONS, COLUMNS, ROWS, type LayerTasks } from '../workload.ts'

interface LayerFigures {
  readonly readMs: number[]
  readonly commitsPerSecond: number[]
}

/** Reading and committing inside the worker, against the official object API and its OPFS pool. */
export async function compareLayers(): Promise<readonly Ratio[]> {
  const ours: LayerFigures = { readMs: [], commitsPerSecond: [] }
  const stock: LayerFigures = { readMs: [], commitsPerSecond: [] }
  for (let i = 0; i < ALTERNATIONS; i++) {
    await measure(startStock(), stock)
    await measure(startEngine(), ours)
  }
  return [
    fasterThan(
      `read ${ROWS} rows of ${COLUMNS} columns`,
      median(ours.readMs),
      'oo1.exec',
      median(stock.readMs),
    ),
    moreThan(
      'durable one-row commits',
      median(ours.commitsPerSecond),
      'opfs-sahpool',
      median(stock.commitsPerSecond),
    ),
  ]
}

async function measure(layer: Caller<LayerTasks>, figures: LayerFigures): Promise<void> {
  await layer.call('open')
  figures.commitsPerSecond.push(await layer.call('commitRate'))
  await layer.call('open')
  await layer.call('fill')
  figures.readMs.push(median(await layer.call('timeReads')))
  layer.end()
}
