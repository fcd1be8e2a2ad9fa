import type { Patch } from '../../../link/live-protocol.ts'
import type { ColumnBlock, WireStatement } from '../../../link/protocol.ts'
import type { SqlParameters, SqlValue } from '../../../values.ts'
import type { Connection } from '../../sqlite/connection.ts'
import type { Task } from '../../task.ts'
import type { RowKey } from '../row-key.ts'
import type { ChangedRows } from './changed-rows.ts'
import type { IncrementalPlan } from './incremental-plan.ts'
import type { PlannedTable } from './kept-selection.ts'
import { KeptRows } from './kept-rows.ts'
import { keptWindow, type KeptWindow } from './kept-window.ts'
import { hasName, withMore } from './more-parameters.ts'
import { readBlock } from './read-block.ts'

/** Rows that are worth evaluating one by one, whatever the result; or this part of it, if that is more. */
const MOST_ROWS = 100
const MOST_SHARE = 1 / 8

/** What following changes came to. */
export interface FollowedChanges {
  readonly patch: Patch | undefined
  /** Rows that SQLite gave for it. */
  readonly rowsRead: number
}

/** The result of a live query, kept so that only rows that changed are evaluated anew. */
export class IncrementalResult {
  readonly #plan: IncrementalPlan
  readonly #parameters: SqlParameters
  readonly #rows: KeptRows

  /** Undefined where it cannot be kept so: with these parameters, of this size, or in this order. */
  static *read(
    plan: IncrementalPlan,
    { parameters }: WireStatement,
    keys: readonly number[] | undefined,
    connection: Connection,
  ): Task<IncrementalResult | undefined> {
    const window = keptWindow(plan, parameters)
    if (window === undefined || hasName(parameters, plan.parameterCount + 1)) return undefined
    if (plan.hasNames && Array.isArray(parameters)) return undefined
    const limit = window.isWhole ? [] : [limitOf(window)]
    const all = yield* readBlock(plan.whole, withMore(parameters, plan.parameterCount, limit), connection)
    const rows = KeptRows.of(plan, window, keys, all)
    return rows && new IncrementalResult(plan, parameters, rows)
  }

  private constructor(plan: IncrementalPlan, parameters: SqlParameters, rows: KeptRows) {
    this.#plan = plan
    this.#parameters = parameters
    this.#rows = rows
  }

  get visible(): ColumnBlock {
    return this.#rows.visible
  }

  get rowCount(): number {
    return this.#rows.visibleCount
  }

  /** With those that are kept to go on from. */
  get rowsHeld(): number {
    return this.#rows.count
  }

  /** About how much memory it takes, in bytes. */
  get bytes(): number {
    return this.#rows.bytes
  }

  /** Undefined, with nothing changed, where it is better read anew. */
  *follow(changed: ChangedRows, connection: Connection): Task<FollowedChanges | undefined> {
    const tables = this.#plan.tables.filter(({ table }) => changed.has(table))
    const count = tables.reduce((sum, { table }) => sum + (changed.get(table)?.size ?? 0), 0)
    if (count > Math.max(MOST_ROWS, this.#rows.count * MOST_SHARE)) return undefined
    const keys = new Map<PlannedTable, ReadonlySet<RowKey>>()
    const blocks: ColumnBlock[] = []
    for (const planned of tables) {
      const rows = changed.get(planned.table) ?? new Map<RowKey, readonly SqlValue[]>()
      keys.set(planned, new Set(rows.keys()))
      for (const key of rows.values()) {
        const parameters = withMore(this.#parameters, this.#plan.parameterCount, key)
        blocks.push(yield* readBlock(planned.ofRow, parameters, connection))
      }
    }
    const rows = joinBlocks(blocks)
    const followed = this.#rows.follow({ keys, rows })
    return followed === 'unknown' ? undefined : { patch: followed.patch, rowsRead: rows.rowCount }
  }
}

function limitOf({ kept }: KeptWindow): number {
  return Number.isFinite(kept) ? kept : -1
}

function joinBlocks([first, ...others]: readonly ColumnBlock[]): ColumnBlock {
  if (first === undefined) return { names: [], values: [], rowCount: 0 }
  const values = first.values.map((column, index) => [
    ...column,
    ...others.flatMap((block) => block.values[index] ?? []),
  ])
  return { names: first.names, values, rowCount: values[0]?.length ?? 0 }
}
