import { quote } from '../../sqlite/quote.ts'
import type { KeyedSource } from '../incremental/keyed-sources.ts'
import { renderTerm, tieTerms } from '../incremental/kept-selection.ts'
import type { TextTerm } from '../incremental/order-terms.ts'
import type { OrderTerm } from '../incremental/row-order.ts'
import type { SelectText } from '../incremental/select-text.ts'
import type { TableColumn } from '../predicates/column-rules.ts'
import type { AggregateName, FoundAggregates } from './find-aggregates.ts'

/** An aggregate in a column of kept rows, over a column of the table by its place among those that are told. */
export type PlannedAggregate =
  | { readonly name: 'count'; readonly column: number; readonly of: number | undefined }
  | { readonly name: 'min' | 'max'; readonly column: number; readonly of: number }
  | {
      readonly name: 'sum' | 'total' | 'avg'
      readonly column: number
      readonly of: number
      readonly facts: SumFacts
    }

/** The columns of kept rows that show what a sum is made of. */
export interface SumFacts {
  /** How many values there are. */
  readonly count: number
  readonly sum: number
  /** The type of the sum: `integer` only where all values are. */
  readonly type: number
  readonly least: number
  readonly greatest: number
}

/** The statements that select groups: the result, and after it what is needed to go on from there. */
export class GroupsSelection {
  readonly columns: readonly TableColumn[]
  /** Undefined if it is sorted by something else than it shows, or groups are made by. */
  readonly order: readonly OrderTerm[] | undefined
  readonly keyColumns: readonly number[]
  readonly shown: ReadonlyMap<number, number>
  readonly countColumn: number
  readonly aggregates: readonly PlannedAggregate[]
  readonly #text: SelectText
  readonly #source: KeyedSource
  readonly #groups: readonly TableColumn[]
  readonly #visibleCount: number
  /** What is selected after the result. */
  readonly #added: string[] = []
  readonly #sums = new Map<TableColumn, SumFacts>()

  constructor(
    text: SelectText,
    source: KeyedSource,
    { groups, shown }: FoundAggregates,
    terms: readonly TextTerm[],
  ) {
    this.#text = text
    this.#source = source
    this.#groups = groups
    this.#visibleCount = shown.length
    const told = [...groups]
    const placeOf = (column: TableColumn): number =>
      told.includes(column) ? told.indexOf(column) : told.push(column) - 1
    this.keyColumns =
      groups.length === 0 ? [this.#add('0')] : groups.map((column) => this.#add(this.#name(column)))
    this.countColumn = this.#add('count(*)')
    this.shown = new Map(
      shown.flatMap((each, column) =>
        each.kind === 'group' ? [[column, groups.indexOf(each.column)] as const] : [],
      ),
    )
    this.aggregates = shown.flatMap((each, column) =>
      each.kind === 'aggregate'
        ? [this.#plan(each.name, column, each.column, each.column && placeOf(each.column))]
        : [],
    )
    this.columns = told
    const order = [
      ...terms.map((term) => this.#orderTerm(term)),
      ...tieTerms(this.keyColumns, terms.at(-1)?.direction),
    ]
    this.order = order.every((term) => term !== undefined) ? order : undefined
  }

  get whole(): string {
    const terms = (this.order ?? []).map((term) => renderTerm({ ...term, collation: undefined }))
    return `${this.#select([])}\norder by ${terms.join(', ')}${this.#limit(0)}`
  }

  get ofGroup(): string {
    const first = this.#text.places.highest + 1
    const conditions = this.#groups.map((column, index) => `${this.#name(column)} is ?${first + index}`)
    return `${this.#select(conditions)}${this.#limit(this.#groups.length)}`
  }

  /** None, by a parameter after so many others: the statement's own may be left out, and would be missed. */
  #limit(others: number): string {
    const { limit } = this.#text.statement.body
    return limit === undefined ? '' : `\nlimit ?${this.#text.places.highest + 1 + others}`
  }

  #add(expression: string): number {
    return this.#visibleCount + this.#added.push(expression) - 1
  }

  #name(column: TableColumn): string {
    return `${this.#source.name}.${quote(column.name)}`
  }

  #plan(
    name: AggregateName,
    column: number,
    argument: TableColumn | undefined,
    of: number | undefined,
  ): PlannedAggregate {
    if (name === 'count' || argument === undefined || of === undefined) return { name: 'count', column, of }
    if (name === 'min' || name === 'max') return { name, column, of }
    const text = this.#name(argument)
    const facts = this.#sums.get(argument) ?? {
      count: this.#add(`count(${text})`),
      sum: this.#add(`sum(${text})`),
      type: this.#add(`typeof(sum(${text}))`),
      least: this.#add(`min(${text})`),
      greatest: this.#add(`max(${text})`),
    }
    this.#sums.set(argument, facts)
    return { name, column, of, facts }
  }

  #orderTerm({ by, collation, direction, nulls }: TextTerm): OrderTerm | undefined {
    const column = typeof by === 'number' ? by : this.#columnShowing(by)
    const isSure = column !== undefined && (collation === undefined || collation === 'binary')
    return isSure ? { column, collation: 'binary', direction, nulls } : undefined
  }

  /** The column that shows what an expression says, as it is written. */
  #columnShowing(expression: string): number | undefined {
    const { core } = this.#text
    const written = expression.toLowerCase()
    const shown = core.columns.findIndex(
      (column) =>
        column.type === 'ExprResultColumn' && this.#text.textOf(column.expr).toLowerCase() === written,
    )
    if (shown >= 0) return shown
    return this.keyColumns[this.#groups.findIndex(({ name }) => name.toLowerCase() === written)]
  }

  #select(conditions: readonly string[]): string {
    const groups = this.#groups.map((column) => this.#name(column))
    const by = groups.length === 0 ? '' : `\ngroup by ${groups.join(', ')}`
    return `${this.#text.extended(this.#added, conditions)}${by}`
  }
}
