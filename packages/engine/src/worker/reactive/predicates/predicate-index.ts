import type { RowChanges } from './row-changes.ts'
import type { RowPredicate } from './row-predicate.ts'
import type { TableColumn } from './column-rules.ts'
import type { SqlValue } from '../../../values.ts'
import { valueKey, type ValueKey } from './column-rules.ts'
import { IntervalIndex } from './interval-index.ts'
import { fulfils } from './row-predicate.ts'

interface ColumnIndex<Query> {
  readonly column: TableColumn
  /** How many tests there are on it, those included by which no query is found. */
  uses: number
  readonly byValue: Map<ValueKey, Set<Query>>
  readonly byRange: IntervalIndex<Query>
}

/** The queries on one table that tell which of its rows matter to them, found by the values of rows. */
export class PredicateIndex<Query> {
  readonly #predicates = new Map<Query, RowPredicate>()
  readonly #columns = new Map<TableColumn, ColumnIndex<Query>>()

  /** All of them, whatever the rows. */
  get queries(): Iterable<Query> {
    return this.#predicates.keys()
  }

  get isEmpty(): boolean {
    return this.#predicates.size === 0
  }

  /** The columns whose values are asked about. */
  get columns(): readonly TableColumn[] {
    return [...this.#columns.values()].map(({ column }) => column)
  }

  /** Returns whether it asks about a column that no other does. */
  add(query: Query, predicate: RowPredicate): boolean {
    const before = this.#columns.size
    this.#predicates.set(query, predicate)
    for (const { column } of predicate) this.#indexOf(column).uses += 1
    const { column, test } = leadingTest(predicate)
    const index = this.#indexOf(column)
    if (test.kind === 'range') index.byRange.add(query, test)
    else
      for (const key of test.values.keys())
        index.byValue.set(key, (index.byValue.get(key) ?? new Set()).add(query))
    return this.#columns.size !== before
  }

  /** Returns whether it was the last to ask about some column. */
  delete(query: Query): boolean {
    const predicate = this.#predicates.get(query)
    if (predicate === undefined) return false
    this.#predicates.delete(query)
    const before = this.#columns.size
    const { column, test } = leadingTest(predicate)
    const index = this.#indexOf(column)
    if (test.kind === 'range') index.byRange.delete(query)
    else {
      for (const key of test.values.keys()) {
        const queries = index.byValue.get(key)
        queries?.delete(query)
        if (queries?.size === 0) index.byValue.delete(key)
      }
    }
    for (const each of predicate) {
      const used = this.#indexOf(each.column)
      used.uses -= 1
      if (used.uses === 0) this.#columns.delete(each.column)
    }
    return this.#columns.size !== before
  }

  /** The queries to which some row mattered before it changed, or matters since. */
  matching(changes: RowChanges): ReadonlySet<Query> {
    const found = new Set<Query>()
    for (const row of changes.rows) {
      for (const { column, byValue, byRange } of this.#columns.values()) {
        const value = changes.valueOf(row, column)
        if (value === null) continue
        for (const query of byValue.get(valueKey(value, column.rules) ?? '') ?? [])
          this.#check(query, row, changes, found)
        for (const query of byRange.at(positionOf(value))) this.#check(query, row, changes, found)
      }
    }
    return found
  }

  #check(query: Query, row: readonly SqlValue[], changes: RowChanges, found: Set<Query>): void {
    const predicate = this.#predicates.get(query) ?? []
    const isMet = predicate.every(({ column, test }) =>
      fulfils(changes.valueOf(row, column), test, column.rules),
    )
    if (isMet) found.add(query)
  }

  #indexOf(column: TableColumn): ColumnIndex<Query> {
    let index = this.#columns.get(column)
    if (index === undefined) {
      index = { column, uses: 0, byValue: new Map(), byRange: new IntervalIndex() }
      this.#columns.set(column, index)
    }
    return index
  }
}

/** The test by which a query is found: one of few values, if there is one. */
function leadingTest(predicate: RowPredicate): RowPredicate[number] {
  const [first] = predicate.toSorted((a, b) => sizeOf(a) - sizeOf(b))
  if (first === undefined) throw new Error('A predicate without a test.')
  return first
}

function sizeOf({ test }: RowPredicate[number]): number {
  return test.kind === 'equal' ? test.values.size : Infinity
}

/** Texts and blobs come after all numbers. */
function positionOf(value: SqlValue): number | bigint {
  return typeof value === 'number' || typeof value === 'bigint' ? value : Infinity
}
