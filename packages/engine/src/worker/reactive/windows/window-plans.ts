import { DataSyncError } from '../../../errors.ts'
import type { Connection } from '../../sqlite/connection.ts'
import type { Task } from '../../task.ts'
import type { Catalog } from '../catalog.ts'
import { windowPlan, type WindowObstacle } from './window-plan.ts'
import type { WindowText } from './window-text.ts'

/** Texts of which the plan is kept. */
const MOST = 100

/** How windows of statements are selected, by the statements' texts. */
export class WindowPlans {
  readonly #plans = new Map<string, WindowText | WindowObstacle>()
  #source: { readonly catalog: Catalog; readonly generation: number } | undefined;

  *of(sql: string, connection: Connection, catalog: Catalog): Task<WindowText | WindowObstacle> {
    const { generation } = catalog
    if (this.#source?.catalog !== catalog || this.#source.generation !== generation) this.#plans.clear()
    this.#source = { catalog, generation }
    const plan = this.#plans.get(sql) ?? (yield* makePlan(sql, connection, catalog))
    if (this.#plans.size >= MOST) this.#plans.clear()
    this.#plans.set(sql, plan)
    return plan
  }
}

function* makePlan(sql: string, connection: Connection, catalog: Catalog): Task<WindowText | WindowObstacle> {
  try {
    const statement = yield* connection.prepare(sql)
    try {
      return yield* windowPlan(statement, connection, catalog)
    } finally {
      const releasing = connection.release(statement)
      if (releasing !== undefined) yield releasing
    }
  } catch (error) {
    // It is run as it is, which tells why in its own words.
    if (error instanceof DataSyncError) return 'not-prepared'
    throw error
  }
}
