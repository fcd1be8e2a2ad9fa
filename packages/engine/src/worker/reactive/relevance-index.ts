import type { TableKey, WrittenColumns } from '../sqlite/statement-access.ts'
import type { ChangeLog } from './change-log.ts'
import type { ReadSet } from './read-set.ts'
import { PredicateIndex } from './predicates/predicate-index.ts'
import type { ChangedRows } from './incremental/changed-rows.ts'
import type { TableColumn } from './predicates/column-rules.ts'
import type { RowChanges, TableChanges, TableWatch } from './predicates/row-changes.ts'

interface TableReaders<Query> {
  /** Every query that reads the table in some way, whatever the row. */
  readonly all: Set<Query>
  /** Queries that depend on any column of it. */
  readonly anyColumn: Set<Query>
  readonly byColumn: Map<string, Set<Query>>
  /** Queries to which some of its rows matter. */
  readonly byRow: PredicateIndex<Query>
  /** Queries that follow its rows, by the columns that they want to be told. */
  readonly following: Map<readonly TableColumn[], Set<Query>>
}

/**
 * Which queries a change can affect, found by looking up what changed instead of trying every
 * query: the cost of a commit does not grow with the number of queries that it cannot affect.
 */
export class RelevanceIndex<Query> {
  readonly #tables = new Map<TableKey, TableReaders<Query>>()
  readonly #everything = new Set<Query>()
  readonly #reads = new Map<Query, ReadSet>()
  #watches: ReadonlyMap<TableKey, TableWatch> = new Map()
  #isWatchDue = false

  /** The tables of which it has to be told which rows changed. The same map until that is another. */
  get watches(): ReadonlyMap<TableKey, TableWatch> {
    if (this.#isWatchDue) this.#watches = this.#watch()
    this.#isWatchDue = false
    return this.#watches
  }

  add(query: Query, reads: ReadSet): void {
    this.#reads.set(query, reads)
    if (reads.everything) this.#everything.add(query)
    for (const [key, columns] of reads.tables) {
      const readers = this.#readersOf(key)
      const followed = reads.follows.get(key)
      if (followed !== undefined) {
        this.#isWatchDue ||= !readers.following.has(followed)
        addTo(readers.following, followed, query)
      }
      const predicate = reads.predicates.get(key)
      if (predicate !== undefined) this.#isWatchDue = readers.byRow.add(query, predicate) || this.#isWatchDue
      else {
        readers.all.add(query)
        if (columns === 'all') readers.anyColumn.add(query)
        else for (const column of columns) addTo(readers.byColumn, column, query)
      }
    }
  }

  delete(query: Query, reads: ReadSet): void {
    this.#reads.delete(query)
    this.#everything.delete(query)
    for (const [key, columns] of reads.tables) {
      const readers = this.#tables.get(key)
      if (readers === undefined) continue
      this.#isWatchDue = readers.byRow.delete(query) || this.#isWatchDue
      const followed = reads.follows.get(key)
      if (followed !== undefined) {
        deleteFrom(readers.following, followed, query)
        this.#isWatchDue ||= !readers.following.has(followed)
      }
      readers.all.delete(query)
      readers.anyColumn.delete(query)
      if (columns !== 'all') for (const column of columns) deleteFrom(readers.byColumn, column, query)
      if (readers.all.size === 0 && readers.byRow.isEmpty) this.#tables.delete(key)
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
      for (const query of this.#byRow(key, readers, changes)) {
        if (isReadBy(this.#reads.get(query)?.tables.get(key), written)) affected.add(query)
      }
    }
    return affected
  }

  /** The rows by which a query is affected; undefined where they are not known, or it does not want to be told. */
  changedRows(query: Query, changes: ChangeLog): ChangedRows | undefined {
    const reads = this.#reads.get(query)
    if (reads === undefined || reads.everything || reads.follows.size === 0) return undefined
    const changed = new Map<TableKey, TableChanges>()
    for (const [key, written] of changes.tables) {
      if (!isReadBy(reads.tables.get(key), written)) continue
      const columns = reads.follows.get(key)
      const rows = this.#rowsOf(key, changes)
      const selected = columns && rows?.select(columns, reads.predicates.get(key))
      if (selected === undefined) return undefined
      changed.set(key, selected)
    }
    return changed
  }

  /** All of them where it is not known which rows changed. */
  #byRow(key: TableKey, { byRow }: TableReaders<Query>, changes: ChangeLog): Iterable<Query> {
    const rows = this.#rowsOf(key, changes)
    return rows === undefined ? byRow.queries : byRow.matching(rows)
  }

  /** Undefined where it is not known which rows changed. */
  #rowsOf(key: TableKey, { rows }: ChangeLog): RowChanges | undefined {
    const found = rows.get(key)
    return found?.isOverfull === false && found.watch === this.watches.get(key) ? found : undefined
  }

  /** A watch whose columns are what they were stays the same. */
  #watch(): ReadonlyMap<TableKey, TableWatch> {
    const watches = new Map<TableKey, TableWatch>()
    for (const [key, { byRow, following }] of this.#tables) {
      const columns = [...new Set([...byRow.columns, ...[...following.keys()].flat()])]
      if (byRow.isEmpty && following.size === 0) continue
      const known = this.#watches.get(key)
      const isSame =
        known?.columns.length === columns.length && columns.every((each) => known.columns.includes(each))
      watches.set(key, isSame ? known : { columns })
    }
    return watches
  }

  #readersOf(key: TableKey): TableReaders<Query> {
    let readers = this.#tables.get(key)
    if (readers === undefined) {
      readers = {
        all: new Set(),
        anyColumn: new Set(),
        byColumn: new Map(),
        byRow: new PredicateIndex(),
        following: new Map(),
      }
      this.#tables.set(key, readers)
    }
    return readers
  }
}

function isReadBy(read: ReadonlySet<string> | 'all' | undefined, written: WrittenColumns): boolean {
  if (read === undefined || read === 'all' || written === 'rows') return read !== undefined
  return [...written].some((column) => read.has(column))
}

function addTo<Key, Query>(sets: Map<Key, Set<Query>>, key: Key, query: Query): void {
  const set = sets.get(key)
  if (set === undefined) sets.set(key, new Set([query]))
  else set.add(query)
}

function deleteFrom<Key, Query>(sets: Map<Key, Set<Query>>, key: Key, query: Query): void {
  const set = sets.get(key)
  set?.delete(query)
  if (set?.size === 0) sets.delete(key)
}

function addAll<Query>(target: Set<Query>, queries: ReadonlySet<Query> | undefined): void {
  if (queries !== undefined) for (const query of queries) target.add(query)
}
