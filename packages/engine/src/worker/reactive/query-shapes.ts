import type { Connection } from '../sqlite/connection.ts'
import type { Statement } from '../sqlite/statement.ts'
import type { Task } from '../task.ts'
import type { Catalog } from './catalog.ts'
import {
  incrementalPlan,
  type IncrementalObstacle,
  type IncrementalPlan,
} from './incremental/incremental-plan.ts'
import { groupsPlan, type GroupsPlan } from './groups/groups-plan.ts'
import { columnConditions, type ConditionsByTable } from './predicates/column-conditions.ts'
import { statementReads, type StatementReads } from './read-set.ts'
import { keyColumns } from './row-key.ts'

/** What is known of a statement by its text and the schema alone, whatever its parameters. */
export interface QueryShape {
  readonly reads: StatementReads
  /** The result columns that show a primary key. */
  readonly keys: readonly number[] | undefined
  readonly conditions: ConditionsByTable
  /** How to keep its result up to date by its rows, or why that is not possible. */
  readonly plan: IncrementalPlan | GroupsPlan | IncrementalObstacle
}

/** Texts of which the shape is kept. */
const MOST = 500

/** The shapes of live queries: many of them have one text. */
export class QueryShapes {
  readonly #shapes = new Map<string, QueryShape>()
  #source: { readonly catalog: Catalog; readonly generation: number } | undefined

  /** What is known of a text already, in this schema. */
  known(sql: string, catalog: Catalog): QueryShape | undefined {
    this.#followSchema(catalog)
    return this.#shapes.get(sql)
  }

  *of(statement: Statement, connection: Connection, catalog: Catalog): Task<QueryShape> {
    this.#followSchema(catalog)
    const { sql } = statement
    const known = this.#shapes.get(sql)
    if (known !== undefined) return known
    const { generation } = catalog
    const reads = yield* statementReads(statement, connection, catalog)
    const keys = yield* keyColumns(statement, catalog)
    const conditions = yield* columnConditions(statement, reads, catalog)
    const byRows = yield* incrementalPlan(statement, reads, connection, catalog)
    const plan = byRows === 'aggregate' ? yield* groupsPlan(statement, catalog) : byRows
    const shape = { reads, keys, conditions, plan }
    if (this.#source?.catalog !== catalog || generation !== catalog.generation) return shape
    for (const oldest of this.#shapes.keys()) {
      if (this.#shapes.size < MOST) break
      this.#shapes.delete(oldest)
    }
    this.#shapes.set(sql, shape)
    return shape
  }

  #followSchema(catalog: Catalog): void {
    const { generation } = catalog
    if (this.#source?.catalog === catalog && this.#source.generation === generation) return
    this.#shapes.clear()
    this.#source = { catalog, generation }
  }
}
