import type { ColumnBlock, WireStatement } from '../../../link/protocol.ts'
import type { SqlParameters, SqlValue } from '../../../values.ts'
import type { Connection } from '../../sqlite/connection.ts'
import type { Task } from '../../task.ts'
import { exactKeyOf, type ExactKey } from './exact-key.ts'
import type { ChangedRow } from '../predicates/row-changes.ts'
import type { ChangedRows } from './changed-rows.ts'
import { canExtend, extendParameters } from './extend-parameters.ts'
import { FollowedResult, type FollowedChanges } from './followed-result.ts'
import type { IncrementalPlan } from './incremental-plan.ts'
import { readBlock } from './read-block.ts'
import { joinBlocks } from './join-blocks.ts'
import { KeptRows } from './kept-rows.ts'
import { keptWindow, type KeptWindow } from './kept-window.ts'

/** Rows that are worth evaluating one by one, whatever the result; or this part of it, if that is more. */
const MOST_ROWS = 100
const MOST_SHARE = 1 / 8

/** The result of a live query, kept so that only rows that changed are evaluated anew. */
export class IncrementalResult extends FollowedResult {
  readonly #plan: IncrementalPlan
  readonly #parameters: SqlParameters

  /** Undefined where it cannot be kept so: with these parameters, of this size, or in this order. */
  static *read(
    plan: IncrementalPlan,
    { parameters }: WireStatement,
    keys: readonly number[] | undefined,
    connection: Connection,
  ): Task<IncrementalResult | undefined> {
    const window = keptWindow(plan.limit, parameters)
    if (window === undefined || !canExtend(parameters, plan)) return undefined
    const limit = window.isWhole ? [] : [limitOf(window)]
    const all = yield* readBlock(
      plan.whole,
      extendParameters(parameters, plan.parameterCount, limit),
      connection,
    )
    const rows = KeptRows.of(plan, window, keys, all)
    return rows && new IncrementalResult(plan, parameters, rows)
  }

  private constructor(plan: IncrementalPlan, parameters: SqlParameters, rows: KeptRows) {
    super(rows)
    this.#plan = plan
    this.#parameters = parameters
  }

  override *follow(changed: ChangedRows, connection: Connection): Task<FollowedChanges | undefined> {
    const tables = this.#plan.tables.filter(({ table }) => changed.has(table))
    const keysOf = new Map(tables.map((planned) => [planned, keysIn(changed.get(planned.table)?.rows ?? [])]))
    const count = [...keysOf.values()].reduce((sum, keys) => sum + keys.size, 0)
    if (count > Math.max(MOST_ROWS, this.rows.count * MOST_SHARE)) return undefined
    const blocks: ColumnBlock[] = []
    for (const [{ ofRow }, keys] of keysOf) {
      for (const key of keys.values()) {
        const parameters = extendParameters(this.#parameters, this.#plan.parameterCount, key)
        blocks.push(yield* readBlock(ofRow, parameters, connection))
      }
    }
    const rows = joinBlocks(blocks)
    const keys = new Map([...keysOf].map(([planned, known]) => [planned, new Set(known.keys())]))
    const followed = this.rows.follow({ keys, rows })
    return followed === 'unknown' ? undefined : { patch: followed.patch, rowsRead: rows.rowCount }
  }
}

/** Each key once. */
function keysIn(rows: readonly ChangedRow[]): ReadonlyMap<ExactKey, readonly SqlValue[]> {
  return new Map(rows.map(({ values }) => [exactKeyOf(values), values]))
}

function limitOf({ kept }: KeptWindow): number {
  return Number.isFinite(kept) ? kept : -1
}
