import type { SqlValue } from '../../../values.ts'
import type { TableColumn } from './column-rules.ts'
import { fulfils, type RowPredicate } from './row-predicate.ts'

/** Rows of one table that are remembered for one commit. With more of them, it is not told by rows. */
const MOST_ROWS = 1000

/** The columns of a table of which the values are remembered when its rows change. */
export interface TableWatch {
  readonly columns: readonly TableColumn[]
}

/** Values that rows had or have. */
export interface ChangedRow {
  readonly values: readonly SqlValue[]
  /** How many more rows have them than before; below 0 where there are fewer. */
  readonly net: number
}

/** Rows of a table that changed. */
export interface TableChanges {
  readonly rows: readonly ChangedRow[]
  /** Whether `net` is right; else some of the changes were undone, and it is not known which. */
  readonly isExact: boolean
}

/** The rows of a table that changed, as they were and as they are, in the columns that are watched. */
export class RowChanges {
  readonly watch: TableWatch
  readonly #rows = new Map<string, ChangedRow>()
  #isOverfull = false
  #isExact = true

  constructor(watch: TableWatch) {
    this.watch = watch
  }

  /** Whether there were so many that they are not all here. */
  get isOverfull(): boolean {
    return this.#isOverfull
  }

  get rows(): readonly (readonly SqlValue[])[] {
    return Array.from(this.#rows.values(), ({ values }) => values)
  }

  /** `net` rows more have these values from now on. */
  add(values: readonly SqlValue[], net: number): void {
    if (this.#isOverfull) return
    const key = JSON.stringify(values, writable)
    this.#rows.set(key, { values, net: (this.#rows.get(key)?.net ?? 0) + net })
    if (this.#rows.size <= MOST_ROWS) return
    this.#isOverfull = true
    this.#rows.clear()
  }

  addAll(others: RowChanges): void {
    if (others.#isOverfull) this.#isOverfull = true
    if (!others.#isExact) this.#isExact = false
    for (const { values, net } of others.#rows.values()) this.add(values, net)
  }

  /** Some of the changes were undone. */
  noteUndone(): void {
    this.#isExact = false
  }

  /**
   * The values in some columns of the rows that fulfil a predicate, if one is given, before they changed or since;
   * undefined where these columns are not watched.
   */
  select(columns: readonly TableColumn[], predicate: RowPredicate = []): TableChanges | undefined {
    if (!columns.every((column) => this.watch.columns.includes(column))) return undefined
    const rows: ChangedRow[] = []
    for (const { values, net } of this.#rows.values()) {
      const isMet = predicate.every(({ column, test }) =>
        fulfils(this.valueOf(values, column), test, column.rules),
      )
      if (isMet) rows.push({ values: columns.map((column) => this.valueOf(values, column)), net })
    }
    return { rows, isExact: this.#isExact }
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
