import type { WireStatement } from '../link/protocol.ts'
import type { SqlParameter } from '../values.ts'

/**
 * The same text for two statements exactly if they ask the same: equal SQL, and parameters equal in
 * type and value, by position or by name in any order.
 */
export function queryKey({ sql, parameters }: WireStatement): string {
  return `${sql.length}:${sql}${encodeParameters(parameters)}`
}

function encodeParameters(parameters: WireStatement['parameters']): string {
  if (isPositional(parameters)) return parameters.map(encodeValue).join('')
  return Object.keys(parameters)
    .toSorted()
    .map((name) => `@${name.length}:${name}${encodeValue(parameters[name] ?? null)}`)
    .join('')
}

/** A type's letter, then the value with its length or an end, so that no two lists read the same. */
function encodeValue(value: SqlParameter): string {
  if (value === null) return 'n'
  if (value instanceof Uint8Array) return `x${value.length}:${encodeBytes(value)}`
  switch (typeof value) {
    case 'string':
      return `s${value.length}:${value}`
    case 'number':
      return `d${Object.is(value, -0) ? '-0' : value};`
    case 'bigint':
      return `i${value};`
    case 'boolean':
      return value ? 't' : 'f'
  }
}

function encodeBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function isPositional(parameters: WireStatement['parameters']): parameters is readonly SqlParameter[] {
  return Array.isArray(parameters)
}
