import type { Statement } from '../../sqlite/statement.ts'
import type { TableKey } from '../../sqlite/statement-access.ts'
import type { Task } from '../../task.ts'
import type { Catalog } from '../catalog.ts'
import type { StatementReads } from '../read-set.ts'
import {
  findConditions,
  type Comparison,
  type ConditionObstacle,
  type TableConditions,
} from './conditions.ts'
import type { TableColumn } from './column-rules.ts'

/** A condition of a column that there is. */
export interface ColumnCondition {
  readonly column: TableColumn
  readonly comparison: Comparison
}

/** Why it cannot be told which rows of a table matter to a statement. */
export type PredicateObstacle =
  | ConditionObstacle
  | 'unknown-reads'
  | 'virtual-table'
  | 'view'
  | 'not-once'
  | 'no-condition'
  | 'unsure-column'

/** The conditions on columns of a table; or why there are none. */
export type ConditionsByTable = ReadonlyMap<TableKey, readonly ColumnCondition[] | PredicateObstacle>

/** The conditions on the tables that a statement reads, of which it is sure that it reads them nowhere else. */
export function* columnConditions(
  statement: Statement,
  reads: StatementReads,
  catalog: Catalog,
): Task<ConditionsByTable> {
  const found = findReliable(statement, reads)
  const byTable = new Map<TableKey, readonly ColumnCondition[] | PredicateObstacle>()
  for (const key of reads.tables.keys()) byTable.set(key, typeof found === 'string' ? found : 'not-once')
  if (typeof found === 'string') return byTable
  for (const each of found) {
    const key = yield* keyOf(each, reads, catalog)
    if (key !== undefined && each.isOnce) byTable.set(key, yield* resolve(key, each, catalog))
  }
  return byTable
}

/** A view, and a virtual table, may read a table that the text names once. */
function findReliable(
  { sql }: Statement,
  reads: StatementReads,
): readonly TableConditions[] | PredicateObstacle {
  if (reads.everything) return 'unknown-reads'
  if (reads.hasVirtual) return 'virtual-table'
  return reads.hasViews ? 'view' : findConditions(sql)
}

/** The one table that is read and can be meant. */
function* keyOf(
  { schema, table }: TableConditions,
  reads: StatementReads,
  catalog: Catalog,
): Task<TableKey | undefined> {
  const tables = yield* catalog.schema()
  const keys = tables.resolve(schema ?? '*', table).filter((key) => reads.tables.has(key))
  const [key] = keys
  return key !== undefined && keys.length === 1 && tables.table(key)?.kind === 'table' ? key : undefined
}

function* resolve(
  key: TableKey,
  { conditions }: TableConditions,
  catalog: Catalog,
): Task<readonly ColumnCondition[] | PredicateObstacle> {
  if (conditions.length === 0) return 'no-condition'
  const columns = yield* catalog.comparableColumns(key)
  const resolved = conditions.flatMap(({ column, comparison }) => {
    const known = columns.get(column.toLowerCase())
    return known === undefined ? [] : [{ column: known, comparison }]
  })
  return resolved.length === 0 ? 'unsure-column' : resolved
}
