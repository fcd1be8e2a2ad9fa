import type { SqlValue } from '../../../values.ts'

/** The order of texts: that of their bytes, or of their bytes with the 26 letters of ASCII in lower case. */
export type Collation = 'binary' | 'nocase'

/** Below 0 where `a` comes before `b`, as SQLite sorts them upwards (sqlite.org/datatype3.html, section 4.1). */
export function compareValues(a: SqlValue, b: SqlValue, collation: Collation): number {
  if (typeof a === 'string' && typeof b === 'string') {
    return collation === 'binary' ? compareTexts(a, b) : compareTexts(lowerAscii(a), lowerAscii(b))
  }
  const rank = rankOf(a) - rankOf(b)
  if (rank !== 0 || a === null || b === null) return rank
  if (a instanceof Uint8Array && b instanceof Uint8Array) return compareBytes(a, b)
  return a < b ? -1 : a > b ? 1 : 0
}

function rankOf(value: SqlValue): number {
  if (value === null) return 0
  if (typeof value === 'string') return 2
  return value instanceof Uint8Array ? 3 : 1
}

/** By code points, as which UTF-8 sorts: JavaScript would put a pair of surrogates before U+E000. */
function compareTexts(a: string, b: string): number {
  if (a === b) return 0
  const shorter = Math.min(a.length, b.length)
  for (let i = 0; i < shorter; i++) {
    const left = a.charCodeAt(i)
    const right = b.charCodeAt(i)
    if (left === right) continue
    const isPair = left >= 0xd800 && right >= 0xd800
    return isPair ? rotate(left) - rotate(right) : left - right
  }
  return a.length - b.length
}

/** Puts the surrogates after all other code units. */
function rotate(unit: number): number {
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}

function lowerAscii(text: string): string {
  return /[A-Z]/.test(text) ? text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()) : text
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shorter = Math.min(a.length, b.length)
  for (let i = 0; i < shorter; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}
