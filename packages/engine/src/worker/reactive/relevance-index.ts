import type { TableKey } from '../sqlite/statement-access.ts'
import type { ChangeLog } from './change-log.ts'
import type { ReadSet } from './read-set.ts'

interface TableReaders<Query> {
  /** Every query that reads the table in some way. */
  readonly all: Set<Query>
  /** Queries that depend on any column of it. */
  readonly anyColumn: Set<Query>
  readonly byColumn: Map<string, Set<Query>>
}

/**
 * Which queries a change can affect, found by looking up what changed instead of trying every
 * query: the cost of a commit does not grow with the number of queries that it cannot affect.
 */
export class RelevanceIndex<Query> {
  readonly #tables = new Map<TableKey, TableReaders<Query>>()
  readonly #everything = new Set<Query>()

  add(query: Query, reads: ReadSet): void {
    if (reads.everything) this.#everything.add(query)
    for (const [key, columns] of reads.tables) {
      const readers = this.#readersOf(key)
      readers.all.add(query)
      if (columns === 'all') readers.anyColumn.add(query)
      else for (const column of columns) addTo(readers.byColumn, column, query)
    }
  }

  delete(query: Query, reads: ReadSet): void {
    this.#everything.delete(query)
    for (const [key, columns] of reads.tables) {
      const readers = this.#tables.get(key)
      if (readers === undefined) continue
      readers.all.delete(query)
      readers.anyColumn.delete(query)
      if (columns !== 'all') for (const column of columns) deleteFrom(readers.byColumn, column, query)
      if (readers.all.size === 0) this.#tables.delete(key)
    }
  }

  affectedBy(changes: ChangeLog): ReadonlySet<Query> {
    const affected = new Set(this.#everything)
    for (const [key, written] of changes.tables) {
      const readers = this.#tables.get(key)
      if (readers === undefined) continue
      if (written === 'rows') addAll(affected, readers.all)
      else {
        addAll(affected, readers.anyColumn)
        for (const column of written) addAll(affected, readers.byColumn.get(column))
      }
    }
    return affected
  }

  #readersOf(key: TableKey): TableReaders<Query> {
    let readers = this.#tables.get(key)
    if (readers === undefined) {
      readers = { all: new Set(), anyColumn: new Set(), byColumn: new Map() }
      this.#tables.set(key, readers)
    }
    return readers
  }
}

function addTo<Query>(sets: Map<string, Set<Query>>, key: string, query: Query): void {
  const set = sets.get(key)
  if (set === undefined) sets.set(key, new Set([query]))
  else set.add(query)
}

function deleteFrom<Query>(sets: Map<string, Set<Query>>, key: string, query: Query): void {
  const set = sets.get(key)
  set?.delete(query)
  if (set?.size === 0) sets.delete(key)
}

function addAll<Query>(target: Set<Query>, queries: ReadonlySet<Query> | undefined): void {
  if (queries !== undefined) for (const query of queries) target.add(query)
}
