import type { OrderTerm } from '../incremental/row-order.ts'

/** What rows are sorted by, as an expression that SQLite compares as it sorts. */
export interface KeysetTerm extends Pick<OrderTerm, 'direction' | 'nulls'> {
  readonly expression: string
  readonly isNullable: boolean
}

/** The place of a row in the order: a parameter for each term, or `undefined` where the row has NULL. */
export type KeysetPlace = readonly (string | undefined)[]

/**
 * What the rows fulfil that come after a place, or (`isIncluded`) at it. The first condition follows from the last:
 * it is there for SQLite to begin at the place in an index, and for commits of other rows not to matter.
 */
export function keysetConditions(
  terms: readonly KeysetTerm[],
  place: KeysetPlace,
  isIncluded: boolean,
): readonly string[] {
  const bound = terms[0] && outerBound(terms[0], place[0])
  return [...(bound === undefined ? [] : [bound]), after(terms, place, isIncluded) ?? 'false']
}

/** The same order from its end. */
export function reversed<Term extends KeysetTerm>(terms: readonly Term[]): readonly Term[] {
  return terms.map((term) => ({
    ...term,
    direction: term.direction === 'up' ? 'down' : 'up',
    nulls: term.nulls === 'first' ? 'last' : 'first',
  }))
}

/** Undefined if no row can. */
function after(
  [term, ...others]: readonly KeysetTerm[],
  [value, ...values]: KeysetPlace,
  isIncluded: boolean,
): string | undefined {
  if (term === undefined) return isIncluded ? 'true' : undefined
  const isEqual = value === undefined ? `${term.expression} is null` : `${term.expression} = ${value}`
  const further = after(others, values, isIncluded)
  const alternatives = [
    ...strictlyAfter(term, value),
    ...(further === undefined ? [] : [others.length === 0 ? isEqual : `${isEqual} and ${further}`]),
  ]
  return alternatives.length === 0 ? undefined : `(${alternatives.join(' or ')})`
}

function strictlyAfter(
  { expression, direction, nulls, isNullable }: KeysetTerm,
  value: string | undefined,
): readonly string[] {
  if (value === undefined) return nulls === 'first' ? [`${expression} is not null`] : []
  const beyond = `${expression} ${direction === 'up' ? '>' : '<'} ${value}`
  return nulls === 'last' && isNullable ? [beyond, `${expression} is null`] : [beyond]
}

/** Undefined where it would be of two parts, of which no index makes use. */
function outerBound(
  { expression, direction, nulls, isNullable }: KeysetTerm,
  value: string | undefined,
): string | undefined {
  if (value === undefined) return nulls === 'last' ? `${expression} is null` : undefined
  if (nulls === 'last' && isNullable) return undefined
  return `${expression} ${direction === 'up' ? '>=' : '<='} ${value}`
}
