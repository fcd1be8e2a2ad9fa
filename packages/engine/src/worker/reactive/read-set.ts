import type { Connection } from '../sqlite/connection.ts'
import type { Statement } from '../sqlite/statement.ts'
import type { TableKey } from '../sqlite/statement-access.ts'
import { splitTableKey } from '../sqlite/statement-access.ts'
import { joinsByName, type Catalog } from './catalog.ts'

/** What a query depends on. */
export interface ReadSet {
  /** By table: the columns it reads, '' standing for which rows there are; or all of them. */
  readonly tables: ReadonlyMap<TableKey, ReadonlySet<string> | 'all'>
  /** It reads something of which nobody knows what it depends on, so any commit may change it. */
  readonly everything: boolean
}

/** Virtual tables whose content is written through them and nowhere else. */
const SELF_CONTAINED_MODULES: ReadonlySet<string> = new Set(['fts5', 'rtree', 'rtree_i32'])
/** The schema itself, and functions whose rows follow from it or from their arguments alone. */
const ALWAYS_TOLD: ReadonlySet<string> = new Set([
  'json_each',
  'json_tree',
  'jsonb_each',
  'jsonb_tree',
  'pragma_collation_list',
  'pragma_compile_options',
  'pragma_database_list',
  'pragma_foreign_key_list',
  'pragma_function_list',
  'pragma_index_info',
  'pragma_index_list',
  'pragma_index_xinfo',
  'pragma_module_list',
  'pragma_pragma_list',
  'pragma_table_info',
  'pragma_table_list',
  'pragma_table_xinfo',
  'sqlite_master',
  'sqlite_temp_master',
])

/**
 * The read set of a statement, from what the authorizer saw as it was prepared and, since the
 * authorizer is not asked about the columns of USING and NATURAL joins, from its bytecode.
 */
export function readSet(statement: Statement, connection: Connection, catalog: Catalog): ReadSet {
  const tables = new Map<TableKey, Set<string> | 'all'>()
  const opened = openedTables(statement.sql, connection, catalog)
  let everything = false
  for (const [read, columns] of statement.access.reads) {
    const { schema, table } = splitTableKey(read)
    if (ALWAYS_TOLD.has(table)) continue
    const keys = catalog.resolve(schema, table)
    // Nameless in every schema: a common table expression, else a function of unknown inputs.
    if (keys.length === 0) everything ||= schema !== '*' || opened.hasVirtual
    for (const key of keys) everything = addTable(key, columns) || everything
  }
  const isJoinedByName = joinsByName(statement.sql) || catalog.viewsJoinByName
  for (const key of opened.tables) if (isJoinedByName || !tables.has(key)) tables.set(key, 'all')
  return { tables, everything: everything || (isJoinedByName && opened.hasVirtual) }

  /** Returns whether the table depends on what nobody knows. */
  function addTable(key: TableKey, columns: ReadonlySet<string>): boolean {
    const facts = catalog.table(key)
    if (facts === undefined || facts.kind === 'view') return false
    const known = tables.get(key)
    if (facts.kind !== 'table') tables.set(facts.owner ?? key, 'all')
    else if (known !== 'all') tables.set(key, new Set([...(known ?? []), ...columns]))
    if (facts.contentTable !== undefined) tables.set(facts.contentTable, 'all')
    return facts.kind === 'virtual' && !SELF_CONTAINED_MODULES.has(facts.module ?? '')
  }
}

/** The tables whose B-trees the compiled statement opens, and whether it opens virtual ones. */
function openedTables(
  sql: string,
  connection: Connection,
  catalog: Catalog,
): { readonly tables: ReadonlySet<TableKey>; readonly hasVirtual: boolean } {
  const tables = new Set<TableKey>()
  let hasVirtual = false
  for (const [, opcode, , rootPage, schemaNumber] of connection.explain(sql)) {
    if (opcode === 'VOpen') hasVirtual = true
    if (opcode !== 'OpenRead' && opcode !== 'ReopenIdx') continue
    const table = catalog.tableAtRoot(Number(schemaNumber), Number(rootPage))
    if (table !== undefined) tables.add(catalog.table(table)?.owner ?? table)
  }
  return { tables, hasVirtual }
}
