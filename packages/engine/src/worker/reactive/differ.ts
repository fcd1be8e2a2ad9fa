import type { ColumnBlock } from '../../link/protocol.ts'
import type { Patch } from '../../link/live-protocol.ts'
import type { SqlValue } from '../../values.ts'
import { rowKey, type RowKey } from './row-key.ts'

type Columns = ColumnBlock['values']

/**
 * How to make `next` from `previous`, or undefined where they are equal. Rows are matched at their
 * old distance first, which finds single insertions, removals and changes without any table, then
 * by key, which finds moves.
 */
export function diff(
  previous: ColumnBlock | undefined,
  next: ColumnBlock,
  keys: readonly number[] | undefined,
): Patch | undefined {
  // Without rows, nobody sees what the columns are called.
  if (previous?.rowCount === 0 && next.rowCount === 0) return undefined
  if (previous === undefined || !sameNames(previous.names, next.names)) {
    return wholePatch(next)
  }
  const shorter = Math.min(previous.rowCount, next.rowCount)
  let prefix = 0
  while (prefix < shorter && sameRow(previous.values, prefix, next.values, prefix)) prefix++
  if (prefix === previous.rowCount && prefix === next.rowCount) return undefined
  let suffix = 0
  while (
    suffix < shorter - prefix &&
    sameRow(previous.values, previous.rowCount - 1 - suffix, next.values, next.rowCount - 1 - suffix)
  ) {
    suffix++
  }
  const builder = new PatchBuilder(next)
  builder.copy(0, prefix)
  matchMiddle(previous, next, prefix, suffix, keys, builder)
  builder.copy(previous.rowCount - suffix, suffix)
  return builder.patch()
}

/** How to make a result from nothing, which is news even where there is nothing in it. */
export function wholePatch(result: ColumnBlock): Patch {
  return { segments: result.rowCount === 0 ? [] : [-1, result.rowCount], fresh: result }
}

function matchMiddle(
  previous: ColumnBlock,
  next: ColumnBlock,
  prefix: number,
  suffix: number,
  keys: readonly number[] | undefined,
  builder: PatchBuilder,
): void {
  const end = previous.rowCount - suffix
  let cursor = prefix
  let moved: MovedRows | undefined
  for (let row = prefix; row < next.rowCount - suffix; row++) {
    if (cursor < end && sameRow(previous.values, cursor, next.values, row)) {
      builder.copy(cursor++, 1)
      continue
    }
    // A removal: the next row stands one further on.
    if (cursor + 1 < end && sameRow(previous.values, cursor + 1, next.values, row)) {
      builder.copy(cursor + 1, 1)
      cursor += 2
      continue
    }
    moved ??= new MovedRows(previous, prefix, end, keys, next)
    const from = moved.find(row)
    if (from !== undefined) {
      builder.copy(from, 1)
      cursor = from + 1
    } else {
      builder.take(row)
      // A change in place moves the cursor on; an insertion leaves it.
      const isInsertion =
        cursor < end && row + 1 < next.rowCount && sameRow(previous.values, cursor, next.values, row + 1)
      if (!isInsertion) cursor++
    }
  }
}

/** Rows of one key that are worth trying one by one. With more of them, the key does not tell rows apart. */
const MOST_CANDIDATES = 8

/** Finds old rows by key, wherever they were. */
class MovedRows {
  readonly #previous: Columns
  readonly #next: Columns
  readonly #nextKeys: Columns
  readonly #rows: ReadonlyMap<RowKey, readonly number[]>

  constructor(
    previous: ColumnBlock,
    start: number,
    end: number,
    keys: readonly number[] | undefined,
    next: ColumnBlock,
  ) {
    this.#previous = previous.values
    this.#next = next.values
    const byKey = keys && groupRows(pick(previous.values, keys), start, end, MOST_CANDIDATES)
    this.#nextKeys = keys !== undefined && byKey !== undefined ? pick(next.values, keys) : next.values
    this.#rows = byKey ?? groupRows(previous.values, start, end, Infinity) ?? new Map()
  }

  find(row: number): number | undefined {
    const candidates = this.#rows.get(rowKey(this.#nextKeys, row))
    return candidates?.find((from) => sameRow(this.#previous, from, this.#next, row))
  }
}

/** The rows by their keys; undefined where one key has more than `most` of them. */
function groupRows(
  keys: Columns,
  start: number,
  end: number,
  most: number,
): ReadonlyMap<RowKey, readonly number[]> | undefined {
  const groups = new Map<RowKey, number[]>()
  for (let row = start; row < end; row++) {
    const key = rowKey(keys, row)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else if (group.push(row) > most) return undefined
  }
  return groups
}

/** Joins what is copied or taken in a row into one segment. */
class PatchBuilder {
  readonly #next: ColumnBlock
  readonly #segments: number[] = []
  readonly #taken: number[] = []

  constructor(next: ColumnBlock) {
    this.#next = next
  }

  copy(from: number, count: number): void {
    if (count === 0) return
    const segments = this.#segments
    const last = segments.length - 2
    const lastFrom = segments[last] ?? -1
    const lastCount = segments[last + 1] ?? 0
    if (lastFrom >= 0 && lastFrom + lastCount === from) segments[last + 1] = lastCount + count
    else segments.push(from, count)
  }

  take(row: number): void {
    const segments = this.#segments
    const last = segments.length - 2
    if (segments[last] === -1) segments[last + 1] = (segments[last + 1] ?? 0) + 1
    else segments.push(-1, 1)
    this.#taken.push(row)
  }

  patch(): Patch {
    const { names, values } = this.#next
    const fresh = values.map((column) => this.#taken.map((row) => column[row] ?? null))
    return { segments: this.#segments, fresh: { names, values: fresh, rowCount: this.#taken.length } }
  }
}

function pick(columns: Columns, keys: readonly number[]): Columns {
  return keys.map((key) => columns[key] ?? [])
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, index) => name === b[index])
}

function sameRow(a: Columns, rowA: number, b: Columns, rowB: number): boolean {
  for (let c = 0; c < a.length; c++) {
    const left = a[c]?.[rowA]
    const right = b[c]?.[rowB]
    if (!Object.is(left, right) && !sameBytes(left, right)) return false
  }
  return true
}

function sameBytes(a: SqlValue | undefined, b: SqlValue | undefined): boolean {
  if (!(a instanceof Uint8Array) || !(b instanceof Uint8Array)) return false
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
