import type { SqlValue } from '../../../values.ts'

/** The same for two lists of values exactly if they are equal: a number and a real number of one value are. */
export type ExactKey = SqlValue

/** The key of a row in some columns. */
export function exactKey(columns: readonly (readonly SqlValue[])[], row: number): ExactKey {
  const [only, ...others] = columns
  if (only !== undefined && others.length === 0) return keyOfOne(only[row] ?? null)
  let key = ''
  for (const column of columns) key += part(column[row] ?? null)
  return key
}

/** The key of values that do not stand in columns. */
export function exactKeyOf(values: readonly SqlValue[]): ExactKey {
  const [only = null] = values
  return values.length === 1 ? keyOfOne(only) : values.map(part).join('')
}

/** As it is, if a Map finds it again by that. */
function keyOfOne(value: SqlValue): ExactKey {
  if (value instanceof Uint8Array) return `\0x${value.join()}`
  if (typeof value === 'number') return asInteger(value)
  return typeof value === 'string' && value.startsWith('\0') ? `\0t${value}` : value
}

function part(value: SqlValue): string {
  if (typeof value === 'string') return `${value.length}:${value};`
  if (value instanceof Uint8Array) return `x${value.join()};`
  return `n${typeof value === 'number' ? asInteger(value) : value};`
}

/** As an integer of the same value would be read. */
function asInteger(value: number): number | bigint {
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value) : value
}
