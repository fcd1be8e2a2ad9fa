import { DataSyncError } from '../errors.ts'
import type { PlainRows, PlainValue } from './plain-rows.ts'

/** @throws DataSyncError `invalid-argument` for what are not the rows of one result. */
export function toPlainRows(rows: readonly object[]): PlainRows {
  const names = Object.keys(rows[0] ?? {})
  for (const row of rows) {
    if (Object.keys(row).length === names.length && names.every((name) => Object.hasOwn(row, name))) continue
    throw new DataSyncError('invalid-argument', 'The rows of one result have the same columns.')
  }
  const values = names.map((name) =>
    rows.map((row) => toPlainValue((row as Readonly<Record<string, unknown>>)[name], name)),
  )
  return { names, values }
}

function toPlainValue(value: unknown, name: string): PlainValue {
  if (value === null || typeof value === 'string') return value
  // As SQLite stores them.
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'bigint')
    return Number.isSafeInteger(Number(value)) ? Number(value) : { integer: `${value}` }
  if (value instanceof Uint8Array) return { blob: btoa(Array.from(value, toLatin1).join('')) }
  if (typeof value === 'number' && !Number.isNaN(value)) {
    if (Object.is(value, -0)) return { real: '-0' }
    return Number.isFinite(value) ? value : { real: `${value}` }
  }
  throw new DataSyncError(
    'invalid-argument',
    `SQLite has no value such as that of the column ${name}: rows are made of null, numbers, bigints, strings and Uint8Arrays.`,
  )
}

function toLatin1(byte: number): string {
  return String.fromCharCode(byte)
}
