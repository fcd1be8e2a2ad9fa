import type { TableChange } from '../../link/live-protocol.ts'
import type { ReadSet } from './read-set.ts'
import { splitTableKey, type TableKey, type WrittenColumns } from '../sqlite/statement-access.ts'

/** What one transaction, or several, changed: by table and column, or everything. */
export class ChangeLog {
  readonly tables: Map<TableKey, WrittenColumns> = new Map()
  /** The schema changed, or so much that single tables cannot be told. */
  everything = false

  get isEmpty(): boolean {
    return !this.everything && this.tables.size === 0
  }

  add(writes: ReadonlyMap<TableKey, WrittenColumns>): void {
    for (const [key, written] of writes) this.#addTable(key, written)
  }

  merge(other: ChangeLog): void {
    this.everything ||= other.everything
    this.add(other.tables)
  }

  clear(): void {
    this.tables.clear()
    this.everything = false
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
