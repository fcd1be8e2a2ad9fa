import type { SqlValue } from '../../src/values.ts'
import type { ColumnType } from './record.ts'

/** What SQLite's `%f` shows of a number: digits after these are zeros. */
const SIGNIFICANT_DIGITS = 16

/** A value as a script has it: as C's `printf` and SQLite's conversions would make it. */
export function renderValue(type: ColumnType, value: SqlValue): string {
  if (value === null) return 'NULL'
  switch (type) {
    case 'I':
      return renderInteger(value)
    case 'R':
      return renderReal(toReal(value))
    case 'T':
      return renderText(value)
  }
}

/** `sqlite3_column_int()` and `%d`: the lowest 32 bits. */
function renderInteger(value: Exclude<SqlValue, null>): string {
  return String(BigInt.asIntN(32, typeof value === 'bigint' ? value : BigInt(toInteger(value))))
}

function toInteger(value: number | string | Uint8Array): number | bigint {
  if (typeof value !== 'number') return BigInt(/^\s*([+-]?\d+)/.exec(toText(value))?.[1] ?? 0)
  if (Number.isNaN(value)) return 0
  // A real number beyond what 64 bits hold becomes the nearest that they do.
  if (value >= 2 ** 63) return 2n ** 63n - 1n
  if (value <= -(2 ** 63)) return -(2n ** 63n)
  return Math.trunc(value)
}

function toReal(value: Exclude<SqlValue, null>): number {
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value)
  return Number(/^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)/i.exec(toText(value))?.[1] ?? 0)
}

/** `%.3f`. */
function renderReal(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? 'Inf' : '-Inf'
  const [, exponent = '0'] = value.toExponential().split('e')
  const decimals = SIGNIFICANT_DIGITS - 1 - Number(exponent)
  if (decimals >= 3) return value.toFixed(3)
  const [digits = '', power = '0'] = value.toExponential(SIGNIFICANT_DIGITS - 1).split('e')
  const sign = value < 0 ? '-' : ''
  const all = digits.replace(/[-.]/g, '').padEnd(Number(power) + 4, '0')
  return `${sign}${all.slice(0, Number(power) + 1)}.${all.slice(Number(power) + 1, Number(power) + 4)}`
}

/** The original program looks at bytes: a character of several becomes as many `@`. */
function renderText(value: Exclude<SqlValue, null>): string {
  if (typeof value === 'string' && /^[ -~]+$/.test(value)) return value
  const bytes = value instanceof Uint8Array ? value : new TextEncoder().encode(String(value))
  const end = bytes.indexOf(0)
  const shown = Array.from(end < 0 ? bytes : bytes.subarray(0, end), (byte) =>
    byte < 0x20 || byte > 0x7e ? '@' : String.fromCharCode(byte),
  )
  return shown.length === 0 ? '(empty)' : shown.join('')
}

function toText(value: string | Uint8Array): string {
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : value
}
