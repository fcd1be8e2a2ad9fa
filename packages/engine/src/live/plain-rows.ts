import { toRows } from '../link/column-block.ts'
import type { SqlRow, SqlValue } from '../values.ts'

/** A value as JSON can carry it. */
export type PlainValue =
  | null
  | number
  | string
  | { readonly integer: string }
  /** Of a number that JSON has no word for, such as `-0` and `Infinity`. */
  | { readonly real: string }
  /** In Base64. */
  | { readonly blob: string }

/** Rows as plain data: the names of their columns, and a list for each column. */
export interface PlainRows {
  readonly names: readonly string[]
  readonly values: readonly (readonly PlainValue[])[]
}

/** @throws if that is not what `toPlainRows` made: it may come from outside. */
export function fromPlainRows({ names, values }: PlainRows): readonly SqlRow[] {
  const rowCount = values[0]?.length ?? 0
  if (names.length !== values.length || values.some((column) => column.length !== rowCount)) {
    throw new TypeError('Columns are missing.')
  }
  const rows = toRows({ names, values: values.map((column) => column.map(fromPlainValue)), rowCount })
  return Object.freeze(rows.map((row) => Object.freeze(row)))
}

function fromPlainValue(value: PlainValue): SqlValue {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value
  const { integer, real, blob } = value as { readonly [Kind in 'integer' | 'real' | 'blob']: string }
  if (integer !== undefined) return BigInt(integer)
  if (real !== undefined) return Number(real)
  // Throws on what is none of the three.
  return Uint8Array.from(atob(blob), (byte) => byte.charCodeAt(0))
}
