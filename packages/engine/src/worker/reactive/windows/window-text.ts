import type { SqlValue } from '../../../values.ts'
import type { SelectText } from '../incremental/select-text.ts'
import { keysetConditions, reversed, type KeysetTerm } from './keyset.ts'

/** A term of the total order of a statement's rows. */
export interface WindowTerm extends KeysetTerm {
  /** As ORDER BY names it beside the result: by the number of a column, or by an expression. */
  readonly sortedBy: string
  readonly collation: string | undefined
}

/** A statement, and the values of the parameters that it has after those of the one that it is made of. */
export interface MadeStatement {
  readonly sql: string
  readonly more: readonly SqlValue[]
}

/** The values of the order's terms in one row. */
export type EdgeValues = readonly SqlValue[]

/** The statements that select rows from an edge on, and find edges, of a statement whose rows are ordered totally. */
export class WindowText {
  readonly terms: readonly WindowTerm[]
  readonly #text: SelectText

  constructor(text: SelectText, terms: readonly WindowTerm[]) {
    this.#text = text
    this.terms = terms
  }

  /** How many parameters the statement has of its own. */
  get parameterCount(): number {
    return this.#text.places.highest
  }

  /** Whether a parameter of it has a name. */
  get hasNames(): boolean {
    return this.#text.hasNames
  }

  /** The first rows of the result from an edge on. */
  rowsFrom(edge: EdgeValues | undefined, rows: number): MadeStatement {
    const order = this.terms.map((term) => sortText(term, term.sortedBy))
    return this.#make(this.#text.columns, this.terms, edge, { isIncluded: true, order, tail: [rows] })
  }

  /** The edge that leaves out so many rows from this one on. */
  edgeAfter(edge: EdgeValues | undefined, rows: number): MadeStatement {
    return this.#findEdge(this.terms, edge, { isIncluded: true, tail: [1, rows] })
  }

  /** The edge that takes in so many rows before this one; and one more row, if there are others before it. */
  edgeBefore(edge: EdgeValues, rows: number): MadeStatement {
    return this.#findEdge(reversed(this.terms), edge, { isIncluded: false, tail: [2, rows - 1] })
  }

  #findEdge(
    terms: readonly WindowTerm[],
    edge: EdgeValues | undefined,
    { isIncluded, tail }: { readonly isIncluded: boolean; readonly tail: readonly number[] },
  ): MadeStatement {
    const order = terms.map((term, index) => sortText(term, String(index + 1)))
    const columns = ` ${terms.map(({ expression }) => expression).join(', ')} `
    return this.#make(columns, terms, edge, { isIncluded, order, tail })
  }

  #make(
    columns: string,
    terms: readonly WindowTerm[],
    edge: EdgeValues | undefined,
    {
      isIncluded,
      order,
      tail,
    }: { readonly isIncluded: boolean; readonly order: readonly string[]; readonly tail: readonly number[] },
  ): MadeStatement {
    const { whereClause } = this.#text.core
    const more: SqlValue[] = []
    const bind = (value: SqlValue): string => `?${this.parameterCount + more.push(value)}`
    const place = edge?.map((value) => (value === null ? undefined : bind(value)))
    const conditions = [
      ...(whereClause === undefined ? [] : [`(${this.#text.textOf(whereClause)}\n)`]),
      ...(place === undefined ? [] : keysetConditions(terms, place, isIncluded)),
    ]
    const where = conditions.length === 0 ? '' : `\nwhere ${conditions.join(' and ')}`
    const limit = tail.map(bind).join(' offset ')
    const sql = `select${columns}\n${this.#text.from}${where}\norder by ${order.join(', ')}\nlimit ${limit}`
    return { sql, more }
  }
}

function sortText({ collation, direction, nulls }: WindowTerm, by: string): string {
  const collate = collation === undefined ? '' : ` collate ${collation}`
  const isUsual = (direction === 'up') === (nulls === 'first')
  return `${by}${collate}${direction === 'up' ? '' : ' desc'}${isUsual ? '' : ` nulls ${nulls}`}`
}
