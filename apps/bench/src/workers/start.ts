import type { LayerTasks, StockTasks } from '../workload.ts'
import { callerOf, type Caller } from './call.ts'

/** The official build in a worker, as its documentation shows it. */
export function startStock(): Caller<StockTasks> {
  return callerOf(new Worker(new URL('./stock.worker.ts', import.meta.url), { type: 'module' }))
}

/** Our engine in a worker, without a page. */
export function startEngine(): Caller<LayerTasks> {
  return callerOf(new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module' }))
}
