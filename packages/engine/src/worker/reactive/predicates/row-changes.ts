import type { SqlValue } from '../../../values.ts'
import { rowKey, type RowKey } from '../row-key.ts'
import type { TableColumn } from './column-rules.ts'
import { fulfils, type RowPredicate } from './row-predicate.ts'

/** Rows of one table that are remembered for one commit. With more of them, it is not told by rows. */
const MOST_ROWS = 1000

/** The columns of a table of which the values are remembered when its rows change. */
export interface TableWatch {
  readonly columns: readonly TableColumn[]
}

/** The rows of a table that changed, as they were and as they are, in the columns that are watched. */
export class RowChanges {
  readonly watch: TableWatch
  readonly #rows = new Map<string, readonly SqlValue[]>()
  #isOverfull = false

  constructor(watch: TableWatch) {
    this.watch = watch
  }

  /** Whether there were so many that they are not all here. */
  get isOverfull(): boolean {
    return this.#isOverfull
  }

  get rows(): Iterable<readonly SqlValue[]> {
    return this.#rows.values()
  }

  add(row: readonly SqlValue[]): void {
    if (this.#isOverfull) return
    this.#rows.set(JSON.stringify(row, writable), row)
    if (this.#rows.size <= MOST_ROWS) return
    this.#isOverfull = true
    this.#rows.clear()
  }

  addAll(others: RowChanges): void {
    if (others.#isOverfull) this.#isOverfull = true
    for (const row of others.rows) this.add(row)
  }

  /**
   * The keys of the rows that fulfil a predicate, if one is given, before they changed or since; undefined where the
   * columns of the key are not watched.
   */
  keysOf(
    key: readonly TableColumn[],
    predicate: RowPredicate = [],
  ): ReadonlyMap<RowKey, readonly SqlValue[]> | undefined {
    if (!key.every((column) => this.watch.columns.includes(column))) return undefined
    const keys = new Map<RowKey, readonly SqlValue[]>()
    for (const row of this.rows) {
      const isMet = predicate.every(({ column, test }) =>
        fulfils(this.valueOf(row, column), test, column.rules),
      )
      if (!isMet) continue
      const values = key.map((column) => this.valueOf(row, column))
      keys.set(
        rowKey(
          values.map((value) => [value]),
          0,
        ),
        values,
      )
    }
    return keys
  }

  valueOf(row: readonly SqlValue[], column: TableColumn): SqlValue {
    return row[this.watch.columns.indexOf(column)] ?? null
  }
}

/** What JSON has not, as something else that no column holds. */
function writable(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return { integer: String(value) }
  if (value instanceof Uint8Array) return { blob: value.join() }
  return typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value
}
