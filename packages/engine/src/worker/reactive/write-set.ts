import type { StatementAccess, TableKey, WrittenColumns } from '../sqlite/statement-access.ts'
import type { Task } from '../task.ts'
import type { Catalog } from './catalog.ts'
import { splitTableKey, tableKey } from '../sqlite/statement-access.ts'
import { mentionsReplace } from './table-definition.ts'

/**
 * What a statement that did change something may have changed. Told by columns only where no row
 * can have come, gone or been identified anew; shadow tables stand for their virtual table.
 */
export function* writeSet(
  access: StatementAccess,
  sql: string,
  catalog: Catalog,
): Task<ReadonlyMap<TableKey, WrittenColumns>> {
  const schema = yield* catalog.schema()
  const mayReplace = (): boolean => schema.replacesRows || mentionsReplace(sql)
  const writes = new Map<TableKey, WrittenColumns>()
  for (const [key, written] of access.writes) {
    const facts = schema.table(key)
    if (facts?.kind === 'virtual' || facts?.kind === 'shadow') writes.set(facts.owner ?? key, 'rows')
    else if (written === 'rows' || mayReplace()) writes.set(key, 'rows')
    else writes.set(key, (yield* touchesRows(key, written, catalog)) ? 'rows' : written)
    if (facts?.isAutoincrement === true) writes.set(sequencesOf(key), 'rows')
  }
  return writes
}

/**
 * What of a write may have happened though no row counts as changed: SQLite keeps its own tables
 * (the numbers of AUTOINCREMENT, the statistics of ANALYZE) without counting.
 */
export function uncounted(
  writes: ReadonlyMap<TableKey, WrittenColumns>,
): ReadonlyMap<TableKey, WrittenColumns> {
  return new Map([...writes].filter(([key]) => splitTableKey(key).table.startsWith('sqlite_')))
}

function sequencesOf(key: TableKey): TableKey {
  return tableKey(splitTableKey(key).schema, 'sqlite_sequence')
}

function* touchesRows(key: TableKey, written: ReadonlySet<string>, catalog: Catalog): Task<boolean> {
  const rowColumns = yield* catalog.rowColumns(key)
  return rowColumns === 'all' || [...written].some((column) => rowColumns.has(column))
}
