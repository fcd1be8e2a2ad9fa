import type { SqlValue } from '../../../values.ts'

/** What decides how SQLite compares a column with a value (sqlite.org/datatype3.html, sections 3.1 and 4.2). */
export interface ColumnRules {
  readonly affinity: 'numeric' | 'text' | 'none'
  readonly collation: 'binary' | 'nocase'
}

/** A column of a table by its place there. */
export interface TableColumn {
  readonly index: number
  readonly name: string
  readonly rules: ColumnRules
}

/** The rules of a column by its declared type; undefined where they depend on more than that. */
export function columnRules(declaredType: string, collation: string): ColumnRules | undefined {
  const known = collation.toLowerCase()
  if (known !== 'binary' && known !== 'nocase') return undefined
  const affinity = affinityOf(declaredType.toUpperCase())
  return affinity && { affinity, collation: known }
}

/** Of a table that is STRICT, ANY means none; of another, numeric. */
function affinityOf(type: string): ColumnRules['affinity'] | undefined {
  if (type.includes('INT')) return 'numeric'
  if (/CHAR|CLOB|TEXT/.test(type)) return 'text'
  if (type === '' || type.includes('BLOB')) return 'none'
  return type === 'ANY' ? undefined : 'numeric'
}

/**
 * Whether a column of these rules is compared with the value as it is. Otherwise SQLite makes a number of a text,
 * or a text of a number, first.
 */
export function isComparedUnaltered(value: SqlValue, { affinity }: ColumnRules): boolean {
  // Half a pair of code units is stored as another character, and what is no character is read as one.
  if (typeof value === 'string' && /[\p{Surrogate}\uFFFD]/u.test(value)) return false
  if (value === null || value instanceof Uint8Array || affinity === 'none') return true
  return (typeof value === 'string') === (affinity === 'text')
}

/** Equal values have equal keys, whatever their representation. NULL has none: it equals nothing. */
export type ValueKey = string

export function valueKey(value: SqlValue, { collation }: ColumnRules): ValueKey | undefined {
  switch (typeof value) {
    case 'number':
      return numberKey(value)
    case 'bigint':
      return `n${value}`
    case 'string':
      return `t${collation === 'nocase' ? lowerAscii(value) : value}`
    default:
      return value === null ? undefined : `b${value.join()}`
  }
}

/** An integer and a real number are equal if they are the same number. */
function numberKey(value: number): ValueKey | undefined {
  if (Number.isNaN(value)) return undefined
  return Number.isInteger(value) ? `n${BigInt(value)}` : `n${value}`
}

/** As NOCASE does, which knows the 26 letters of ASCII alone. */
function lowerAscii(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
}
