import type { TableSelectTable } from 'sqlite3-parser'
import { quote } from '../../sqlite/quote.ts'
import type { TableKey } from '../../sqlite/statement-access.ts'
import type { Task } from '../../task.ts'
import type { Catalog } from '../catalog.ts'
import type { TableColumn } from '../predicates/column-rules.ts'
import { countTables } from '../predicates/conditions.ts'
import type { SelectText } from './select-text.ts'

/** The kinds of outer joins, as bits in the parser's tree. */
const LEFT = 8
const RIGHT = 16

/** A table in FROM, and how its rows are told apart. */
export interface KeyedSource {
  readonly table: TableKey
  /** Its name in the statement, quoted. */
  readonly name: string
  readonly key: readonly TableColumn[]
  /** The columns of the key as the statement can name them. */
  readonly keyTexts: readonly string[]
  /**
   * Whether the rows of the result that a row of it has a part in are all that its change can alter: it stands in the
   * statement once, and does not fill up an outer join.
   */
  readonly isFollowed: boolean
}

/** Why the rows that a statement selects from cannot be told apart. */
export type SourceObstacle = 'no-table' | 'no-key' | 'outer-join'

/** The tables that a statement selects from. */
export function* keyedSources(
  { statement, core, sources }: SelectText,
  catalog: Catalog,
): Task<readonly KeyedSource[] | SourceObstacle> {
  const joins = (core.from?.joins ?? []).map(({ operator }) =>
    operator.type === 'TypedJoinJoinOperator' ? Number(operator.joinType ?? 0) : 0,
  )
  if (joins.some((type) => (type & RIGHT) !== 0)) return 'outer-join'
  const occurrences = countTables(statement)
  const keyed: KeyedSource[] = []
  for (const [index, source] of sources.entries()) {
    if (source.type !== 'TableSelectTable') return 'no-table'
    const isOptional = index > 0 && ((joins[index - 1] ?? 0) & LEFT) !== 0
    const isOnce = occurrences.get(source.tblName.objName.text.toLowerCase()) === 1
    const found = yield* keyedSource(source, isOnce && !isOptional, catalog)
    if (typeof found === 'string') return found
    keyed.push(found)
  }
  return keyed
}

function* keyedSource(
  source: TableSelectTable,
  isFollowed: boolean,
  catalog: Catalog,
): Task<KeyedSource | SourceObstacle> {
  const table = yield* tableOf(source, catalog)
  if (table === undefined) return 'no-table'
  const key = yield* catalog.rowKey(table)
  if (key === undefined) return 'no-key'
  const name = quote(source.alias?.name.text ?? source.tblName.objName.text)
  return { table, name, key, keyTexts: key.map((column) => `${name}.${quote(column.name)}`), isFollowed }
}

function* tableOf({ tblName }: TableSelectTable, catalog: Catalog): Task<TableKey | undefined> {
  const schema = yield* catalog.schema()
  const [key, ...others] = schema.resolve(tblName.dbName?.text ?? '*', tblName.objName.text)
  return key !== undefined && others.length === 0 && schema.table(key)?.kind === 'table' ? key : undefined
}
