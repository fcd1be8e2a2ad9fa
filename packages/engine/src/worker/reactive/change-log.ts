import type { TableChange } from '../../link/live-protocol.ts'
import type { ReadSet } from './read-set.ts'
import type { RowChanges } from './predicates/row-changes.ts'
import { splitTableKey, type TableKey, type WrittenColumns } from '../sqlite/statement-access.ts'

/** What one transaction, or several, changed: by table and column, or everything. */
export class ChangeLog {
  readonly tables: Map<TableKey, WrittenColumns> = new Map()
  /** Of those tables of which all changed rows are known. */
  readonly rows: Map<TableKey, RowChanges> = new Map()
  /** The schema changed, or so much that single tables cannot be told. */
  everything = false

  get isEmpty(): boolean {
    return !this.everything && this.tables.size === 0
  }

  /** Whether more rows of a table can still be told apart: not, once it is not known which changed so far. */
  canTellRowsOf(key: TableKey): boolean {
    return !this.tables.has(key) || this.rows.get(key)?.isOverfull === false
  }

  /** `rowsOf` gives the changed rows of a table, where they are known. */
  add(
    writes: ReadonlyMap<TableKey, WrittenColumns>,
    rowsOf: (key: TableKey) => RowChanges | undefined = () => undefined,
  ): void {
    for (const [key, written] of writes) {
      this.#addRows(key, rowsOf(key))
      this.#addTable(key, written)
    }
  }

  merge(other: ChangeLog): void {
    this.everything ||= other.everything
    this.add(other.tables, (key) => other.rows.get(key))
  }

  clear(): void {
    this.tables.clear()
    this.rows.clear()
    this.everything = false
  }

  /** Some of it was undone, and it is not known what: what remains is more than what changed. */
  noteUndone(): void {
    for (const rows of this.rows.values()) rows.noteUndone()
  }

  describe(): readonly TableChange[] {
    return [...this.tables].map(([key, written]) => tableChange(key, written))
  }

  /** The part that concerns a query: what it reads of what was written. */
  describeFor(reads: ReadSet): readonly TableChange[] {
    if (reads.everything) return this.describe()
    return [...this.tables].flatMap(([key, written]) => {
      const read = reads.tables.get(key)
      if (read === undefined) return []
      if (read === 'all' || written === 'rows') return [tableChange(key, written)]
      const common = [...written].filter((column) => read.has(column))
      return common.length === 0 ? [] : [tableChange(key, new Set(common))]
    })
  }

  /** Before the table itself: what is known of its rows is of no use where something else has changed them too. */
  #addRows(key: TableKey, rows: RowChanges | undefined): void {
    const known = this.rows.get(key)
    if (rows === undefined) this.rows.delete(key)
    else if (!this.tables.has(key)) this.rows.set(key, rows)
    else if (known?.watch === rows.watch) known.addAll(rows)
    else this.rows.delete(key)
  }

  #addTable(key: TableKey, written: WrittenColumns): void {
    const known = this.tables.get(key)
    if (written === 'rows') this.tables.set(key, 'rows')
    else if (known === undefined) this.tables.set(key, new Set(written))
    else if (known !== 'rows') for (const column of written) known.add(column)
  }
}

function tableChange(key: TableKey, written: WrittenColumns): TableChange {
  return { ...splitTableKey(key), columns: written === 'rows' ? undefined : [...written] }
}
