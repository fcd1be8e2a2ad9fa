import type { ColumnBlock } from '../../../link/protocol.ts'
import type { Patch } from '../../../link/live-protocol.ts'
import type { SqlValue } from '../../../values.ts'
import { diff } from '../differ.ts'
import { exactKey, type ExactKey } from './exact-key.ts'
import type { PlannedTable } from './kept-selection.ts'
import type { KeptWindow } from './kept-window.ts'
import { blockSize } from './block-size.ts'
import { liftPatch } from './lift-patch.ts'
import { compareRows, type KeptColumns, type OrderTerm } from './row-order.ts'

/** What has to be known of kept rows. */
export interface KeptShape {
  /** How many of their columns are those of the result; these come first. */
  readonly visibleCount: number
  /** The order of the rows, in which no two are equal. */
  readonly order: readonly OrderTerm[]
}

/** What is evaluated anew: the rows of tables that changed, by their keys, and the rows that they have a part in. */
export interface Reevaluated {
  readonly keys: ReadonlyMap<Pick<PlannedTable, 'keyColumns'>, ReadonlySet<ExactKey>>
  readonly rows: ColumnBlock
}

/** What became of kept rows: a patch if the result differs; or that it is not known, and nothing done. */
export type Followed = { readonly patch: Patch | undefined } | 'unknown'

/** What may be kept of one result, in bytes. */
const MOST_BYTES = 64 * 1024 * 1024

/** The rows of a result in their order, with what they are sorted by and their keys; and some after its last. */
export class KeptRows {
  readonly #shape: KeptShape
  readonly #window: KeptWindow
  readonly #names: readonly string[]
  /** The result columns that show a primary key. */
  readonly #keys: readonly number[] | undefined
  #columns: SqlValue[][]
  #count: number
  /** Whether there are no rows after the last one. */
  #isComplete: boolean
  #bytes: number

  /** Undefined if they are too large, or in another order than they are compared to be in. */
  static of(
    shape: KeptShape,
    window: KeptWindow,
    keys: readonly number[] | undefined,
    rows: ColumnBlock,
  ): KeptRows | undefined {
    const kept = new KeptRows(shape, window, keys, rows)
    return kept.bytes <= MOST_BYTES && kept.#isInOrder() ? kept : undefined
  }

  private constructor(
    shape: KeptShape,
    window: KeptWindow,
    keys: readonly number[] | undefined,
    { names, values, rowCount }: ColumnBlock,
  ) {
    this.#shape = shape
    this.#window = window
    this.#keys = keys
    this.#names = names.slice(0, shape.visibleCount)
    // Read for it alone.
    this.#columns = values as SqlValue[][]
    this.#count = rowCount
    this.#isComplete = rowCount < window.kept
    this.#bytes = blockSize(values)
  }

  /** About how much memory they take, in bytes. */
  get bytes(): number {
    return this.#bytes
  }

  get visibleCount(): number {
    const { start, end } = this.#window
    return Math.max(0, Math.min(end, this.#count) - start)
  }

  get count(): number {
    return this.#count
  }

  /** The result, of values that stay as they are. */
  get visible(): ColumnBlock {
    const { start, end } = this.#window
    return this.#block(this.#columns, start, Math.min(end, this.#count))
  }

  /** The row of a key, of those that have one; undefined if there is none. */
  find(keyColumns: readonly number[], key: ExactKey): readonly SqlValue[] | undefined {
    const columns = keyColumns.map((column) => this.#columns[column] ?? [])
    for (const row of rowsOf(columns, new Set([key])))
      return this.#columns.map((column) => column[row] ?? null)
    return undefined
  }

  /** Takes out the rows in which rows that changed had a part, and takes in those in which they have one now. */
  follow({ keys, rows }: Reevaluated): Followed {
    const gone = this.#positionsOf(keys)
    const come = this.#placesOf(rows)
    const [first, last] = extentOf(gone, come)
    if (first === undefined) return { patch: undefined }
    const count = this.#count - gone.length + come.length
    if (!this.#isComplete && count < this.#window.end) return 'unknown'
    const previous = this.#columns.map((column) => column.slice(first, last))
    const next = this.#merge(first, last, new Set(gone), come, rows)
    const bytes = this.#bytes + blockSize(next) - blockSize(previous)
    if (bytes > MOST_BYTES) return 'unknown'
    const shown = this.#window.isWhole ? undefined : this.visible
    this.#replace(first, last, next)
    this.#count = count
    this.#bytes = bytes
    const after = first + (next[0]?.length ?? 0)
    const patch = shown
      ? diff(shown, this.visible, this.#keys)
      : liftPatch(diff(this.#block(previous), this.#block(next), this.#keys), {
          before: first,
          from: last,
          after: count - after,
        })
    this.#forgetTail()
    return { patch }
  }

  /** Where rows stand in which a changed row has a part, in their order. */
  #positionsOf(keys: Reevaluated['keys']): readonly number[] {
    const positions = new Set<number>()
    for (const [{ keyColumns }, changed] of keys) {
      const columns = keyColumns.map((column) => this.#columns[column] ?? [])
      for (const row of rowsOf(columns, changed)) positions.add(row)
    }
    return [...positions].toSorted((a, b) => a - b)
  }

  /** Before which kept row each of the new ones belongs, in their order. Those after the last that is known are left out. */
  #placesOf({ values, rowCount }: ColumnBlock): readonly Place[] {
    const fresh = values as KeptColumns
    const { order } = this.#shape
    const sorted = Array.from({ length: rowCount }, (_, row) => row)
      .toSorted((a, b) => compareRows(order, fresh, a, fresh, b))
      // Two rows that changed may both have a part in it.
      .filter(
        (row, index, all) => index === 0 || compareRows(order, fresh, all[index - 1] ?? 0, fresh, row) !== 0,
      )
    return sorted
      .map((row) => ({ row, before: this.#placeOf(fresh, row) }))
      .filter(({ before }) => this.#isComplete || before < this.#count)
  }

  #placeOf(fresh: KeptColumns, row: number): number {
    let low = 0
    let high = this.#count
    while (low < high) {
      const middle = (low + high) >>> 1
      if (compareRows(this.#shape.order, this.#columns, middle, fresh, row) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  /** What stands between two rows from now on. */
  #merge(
    first: number,
    last: number,
    gone: ReadonlySet<number>,
    come: readonly Place[],
    { values }: ColumnBlock,
  ): SqlValue[][] {
    const next: SqlValue[][] = this.#columns.map(() => [])
    const take = (from: readonly (readonly SqlValue[])[], row: number): void => {
      for (const [column, target] of next.entries()) target.push(from[column]?.[row] ?? null)
    }
    let taken = 0
    for (let row = first; row <= last; row++) {
      for (; (come[taken]?.before ?? Infinity) <= row; taken++) take(values, come[taken]?.row ?? 0)
      if (row < last && !gone.has(row)) take(this.#columns, row)
    }
    return next
  }

  #replace(first: number, last: number, next: readonly SqlValue[][]): void {
    this.#columns = this.#columns.map((column, index) => {
      const values = next[index] ?? []
      // An array takes but so many arguments.
      if (values.length > 1000) return [...column.slice(0, first), ...values, ...column.slice(last)]
      column.splice(first, last - first, ...values)
      return column
    })
  }

  /** Rows far behind the result are of no use. */
  #forgetTail(): void {
    if (this.#count <= this.#window.most) return
    this.#bytes -= blockSize(this.#columns.map((column) => column.splice(this.#window.kept)))
    this.#count = this.#window.kept
    this.#isComplete = false
  }

  #block(columns: KeptColumns, start = 0, end = columns[0]?.length ?? 0): ColumnBlock {
    const values = columns.slice(0, this.#shape.visibleCount).map((column) => column.slice(start, end))
    return { names: this.#names, values, rowCount: Math.max(0, end - start) }
  }

  #isInOrder(): boolean {
    const { order } = this.#shape
    for (let row = 1; row < this.#count; row++) {
      if (compareRows(order, this.#columns, row - 1, this.#columns, row) >= 0) return false
    }
    return true
  }
}

/** A new row, and the kept one that it comes before. */
interface Place {
  readonly row: number
  readonly before: number
}

/** The rows between which something differs: the first of them, and the one after the last. */
function extentOf(
  gone: readonly number[],
  come: readonly Place[],
): readonly [first: number, last: number] | readonly [undefined, undefined] {
  if (gone.length === 0 && come.length === 0) return [undefined, undefined]
  const first = Math.min(gone[0] ?? Infinity, come[0]?.before ?? Infinity)
  const last = Math.max((gone.at(-1) ?? -1) + 1, come.at(-1)?.before ?? -1)
  return [first, last]
}

/** The rows that have one of some keys. */
function* rowsOf(columns: readonly (readonly SqlValue[])[], keys: ReadonlySet<ExactKey>): Iterable<number> {
  const [column = [], ...others] = columns
  const [key] = keys
  // By far the most frequent case, and by far faster than to look up each row's key.
  if (others.length === 0 && keys.size === 1 && typeof key === 'number') {
    for (let row = column.indexOf(key); row >= 0; row = column.indexOf(key, row + 1)) yield row
  } else for (let row = 0; row < column.length; row++) if (keys.has(exactKey(columns, row))) yield row
}
