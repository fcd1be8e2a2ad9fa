import type { TableKey } from '../../sqlite/statement-access.ts'
import type { TableColumn } from '../predicates/column-rules.ts'
import type { KeyedSource } from './keyed-sources.ts'
import type { TextTerm } from './order-terms.ts'
import type { OrderTerm } from './row-order.ts'
import type { SelectText } from './select-text.ts'

/** A term of the order of kept rows, before it is known how SQLite compares it. */
export interface SelectedTerm extends Pick<OrderTerm, 'column' | 'direction' | 'nulls'> {
  readonly collation: string | undefined
}

/** A table of which single rows can be evaluated anew. */
export interface PlannedTable {
  readonly table: TableKey
  readonly key: readonly TableColumn[]
  /** The columns of kept rows that show the key. */
  readonly keyColumns: readonly number[]
  /** Selects what one row of it has a part in; further parameters are its key. */
  readonly ofRow: string
}

/**
 * The statements that select what is kept: the result, and after it what it is sorted by and the keys of its rows.
 * The keys end the order, which so is whole: no two rows are equal in it.
 */
export class KeptSelection {
  readonly terms: readonly SelectedTerm[]
  readonly tables: readonly PlannedTable[]
  readonly sources: readonly KeyedSource[]
  readonly #text: SelectText
  /** What is selected after the result. */
  readonly #added: string[] = []
  readonly #visibleCount: number

  constructor(
    text: SelectText,
    sources: readonly KeyedSource[],
    terms: readonly TextTerm[],
    visibleCount: number,
  ) {
    this.#text = text
    this.#visibleCount = visibleCount
    this.sources = sources
    const selected = terms.map(({ by, ...term }) => ({
      ...term,
      column: typeof by === 'string' ? this.#add(by) : by,
    }))
    const keyColumns = sources.map(({ keyTexts }) => keyTexts.map((keyText) => this.#add(keyText)))
    const ties = tieTerms(keyColumns.flat(), terms.at(-1)?.direction)
    this.terms = [...selected, ...ties.map((term) => ({ ...term, collation: undefined }))]
    this.tables = sources.flatMap(({ table, key, keyTexts, isFollowed }, index) =>
      isFollowed ? [{ table, key, keyColumns: keyColumns[index] ?? [], ofRow: this.#ofRow(keyTexts) }] : [],
    )
  }

  get whole(): string {
    const order = this.terms.map(renderTerm).join(', ')
    const limit = this.#text.statement.body.limit === undefined ? '' : `\nlimit ${this.#parameter(0)}`
    return `${this.#text.extended(this.#added, [])}\norder by ${order}${limit}`
  }

  #add(expression: string): number {
    return this.#visibleCount + this.#added.push(expression) - 1
  }

  #ofRow(keyTexts: readonly string[]): string {
    const conditions = keyTexts.map((keyText, index) => `${keyText} = ${this.#parameter(index)}`)
    return this.#text.extended(this.#added, conditions)
  }

  /** One that comes after those of the statement. */
  #parameter(index: number): string {
    return `?${this.#text.places.highest + 1 + index}`
  }
}

/** A term of ORDER BY. */
export function renderTerm({ column, collation, direction, nulls }: SelectedTerm): string {
  const collate = collation === undefined ? '' : ` collate ${collation}`
  const isUsual = (direction === 'up') === (nulls === 'first')
  return `${column + 1}${collate}${direction === 'up' ? '' : ' desc'}${isUsual ? '' : ` nulls ${nulls}`}`
}

/** What decides between rows that are equal so far: their keys, as an index has them that is read in that direction. */
export function tieTerms(
  keyColumns: readonly number[],
  direction: OrderTerm['direction'] = 'up',
): readonly OrderTerm[] {
  const nulls = direction === 'up' ? 'first' : 'last'
  return keyColumns.map((column) => ({ column, collation: 'binary', direction, nulls }))
}
