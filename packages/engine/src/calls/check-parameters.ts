import type { SqlParameter, SqlParameters } from '../values.ts'
import { DataSyncError } from '../errors.ts'

const INT64_MIN = -(2n ** 63n)
const INT64_MAX = 2n ** 63n - 1n

/**
 * The parameters as they are now, copied, since a call is sent only at the end of the microtask and
 * its caller may use the list or the bytes again. NaN is let through: SQLite stores it as null.
 *
 * @throws DataSyncError `invalid-parameter` for what SQLite cannot store.
 */
export function checkParameters(parameters: unknown): SqlParameters {
  if (parameters === undefined) return []
  if (Array.isArray(parameters)) {
    const checked: SqlParameter[] = []
    // Not by `map`, which leaves out what is missing from a list, nor by `Array.from`, which takes ten times as long.
    for (let index = 0; index < parameters.length; index++) {
      const value: unknown = parameters[index]
      checked.push(isPlain(value) ? value : checkParameter(value, `Parameter ${index + 1}`))
    }
    return checked
  }
  if (!isRecord(parameters)) {
    throw new DataSyncError(
      'invalid-parameter',
      `Parameters are given as an array or as an object, not as ${describeType(parameters)}.`,
    )
  }
  const entries = Object.entries(parameters)
  // Without any, it does not matter how they are not given.
  if (entries.length === 0) return []
  return Object.fromEntries(
    entries.map(([name, value]) => [name, checkParameter(value, `Parameter "${name}"`)] as const),
  )
}

/** `label` names the parameter in the error. */
export function checkParameter(value: unknown, label: string): SqlParameter {
  if (isPlain(value)) return value
  if (value instanceof Uint8Array) return new Uint8Array(value)
  if (typeof value === 'bigint') {
    if (value >= INT64_MIN && value <= INT64_MAX) return value
    throw new DataSyncError('invalid-parameter', `${label} is a bigint of more than 64 bits.`)
  }
  throw new DataSyncError('invalid-parameter', `${label} is ${describeType(value)}.`)
}

/** What is bound as it is, without a copy. */
function isPlain(value: unknown): value is null | number | string | boolean {
  return (
    value === null || typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean'
  )
}

function describeType(value: unknown): string {
  if (value === undefined || value === null) return String(value)
  if (typeof value !== 'object') return `a ${typeof value}`
  const name = value.constructor?.name
  return name === undefined || name === 'Object' ? 'an object' : `an object of type ${name}`
}

/** An object that is written as `{ name: value }`, rather than one of some class. */
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
