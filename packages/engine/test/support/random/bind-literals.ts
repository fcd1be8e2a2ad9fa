import type { SqlValue } from '../../../src/values.ts'
import { Picker, type Picks } from './picker.ts'

/** A comparison with a number or a short text, as random queries have them, or a limit. */
const LITERAL = /(?<=(?:[=<>]|between|and|in \(|limit|offset) )(-?\d+(?:\.\d+)?|'[^']*')(?=[ ,)]|$)/g

/** The same query with some of its literals as parameters, written in the ways in which they can be. */
export function bindLiterals(
  sql: string,
  numbers: Picks,
): { readonly sql: string; readonly parameters: readonly SqlValue[] } {
  const p = new Picker(numbers)
  const parameters: SqlValue[] = []
  // Texts in which a literal may be another thing stay as they are.
  if (sql.includes('json_') || sql.includes('match')) return { sql, parameters }
  const bound = sql.replaceAll(LITERAL, (literal) => {
    if (p.oneIn(3)) return literal
    parameters.push(literal.startsWith("'") ? literal.slice(1, -1) : Number(literal))
    return p.of(['?', `?${parameters.length}`])
  })
  return { sql: bound, parameters }
}
