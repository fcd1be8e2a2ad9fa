import type { SqlParameters } from '../../values.ts'
import type { Connection } from '../sqlite/connection.ts'
import type { Statement } from '../sqlite/statement.ts'
import type { TableKey } from '../sqlite/statement-access.ts'
import { splitTableKey } from '../sqlite/statement-access.ts'
import type { Task } from '../task.ts'
import type { Catalog } from './catalog.ts'
import { joinColumns, mergeJoinColumns } from './join-columns.ts'
import type { TableColumn } from './predicates/column-rules.ts'
import { rowPredicates, type RowPredicate } from './predicates/row-predicate.ts'
import type { QueryShape } from './query-shapes.ts'
import type { Schema, TableFacts } from './schema.ts'

/** What a query depends on. */
export interface ReadSet {
  /** By table: the columns it reads, '' standing for which rows there are; or all of them. */
  readonly tables: ReadonlyMap<TableKey, ReadonlySet<string> | 'all'>
  /** It reads something of which nobody knows what it depends on, so any commit may change it. */
  readonly everything: boolean
  /** Of some tables: which of their rows matter. */
  readonly predicates: ReadonlyMap<TableKey, RowPredicate>
  /** Of some tables: the columns in which it wants to be told which of their rows changed. */
  readonly follows: ReadonlyMap<TableKey, readonly TableColumn[]>
}

/** What a statement depends on, whatever its parameters. */
export interface StatementReads extends Omit<ReadSet, 'predicates' | 'follows'> {
  /** Whether virtual tables are among it, which read on their own. */
  readonly hasVirtual: boolean
  /** Whether it reads through views, which name tables that its text does not. */
  readonly hasViews: boolean
}

/** What a query depends on with these parameters, and whether it wants to be told which rows changed. */
export function readSet(
  { reads: { tables, everything }, conditions, plan }: QueryShape,
  parameters: SqlParameters,
  isFollowing: boolean,
): ReadSet {
  return {
    tables,
    everything,
    predicates: rowPredicates(conditions, parameters),
    follows: isFollowing && typeof plan !== 'string' ? plan.follows : new Map(),
  }
}

/** Virtual tables whose content is written through them and nowhere else. */
const SELF_CONTAINED_MODULES: ReadonlySet<string> = new Set(['fts5', 'rtree', 'rtree_i32'])
/** What the schema changes is told to everybody. */
const SCHEMA_TABLES: ReadonlySet<string> = new Set([
  'sqlite_master',
  'sqlite_schema',
  'sqlite_temp_master',
  'sqlite_temp_schema',
])
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
  ...SCHEMA_TABLES,
])

/**
 * What a statement reads, from what the authorizer saw as it was prepared and, for what the
 * authorizer is not asked about, from the text and the bytecode.
 */
export function* statementReads(
  statement: Statement,
  connection: Connection,
  catalog: Catalog,
): Task<StatementReads> {
  const schema = yield* catalog.schema()
  const reads = new ReadSetBuilder(schema)
  const opened = yield* openedTables(statement, connection, schema)
  for (const [read, columns] of statement.access.reads) {
    const { schema: schemaName, table } = splitTableKey(read)
    const keys = schema.resolve(schemaName, table)
    for (const key of keys) reads.add(key, columns)
    // Nameless in every schema: a common table expression, else a function of unknown inputs.
    if (keys.length === 0 && !ALWAYS_TOLD.has(table.toLowerCase())) {
      reads.everything ||= schemaName !== '*' || opened.hasVirtual
    }
  }
  if (statement.pragma !== undefined) reads.everything ||= !ALWAYS_TOLD.has(`pragma_${statement.pragma}`)
  const views = viewsOf(statement, schema)
  const joined = [statement.sql, ...views].map(joinColumns).reduce(mergeJoinColumns)
  for (const key of opened.tables) {
    const columns = joined === 'all' ? joined : yield* columnsOf(key, joined, catalog)
    const isTold = reads.tables.has(key) || columns === 'all' || columns.size > 0
    reads.add(key, isTold ? columns : 'all')
  }
  if (opened.hasVirtual && (joined === 'all' || joined.size > 0)) reads.everything = true
  const { tables, everything } = reads
  return { tables, everything, hasVirtual: opened.hasVirtual, hasViews: views.length > 0 }
}

class ReadSetBuilder {
  readonly tables = new Map<TableKey, Set<string> | 'all'>()
  everything = false
  readonly #schema: Schema

  constructor(schema: Schema) {
    this.#schema = schema
  }

  add(key: TableKey, columns: ReadonlySet<string> | 'all'): void {
    const facts = this.#schema.table(key)
    // The tables behind a view, and what changes the schema, are told besides.
    if (facts === undefined || facts.kind === 'view' || isSchemaTable(key)) return
    const known = this.tables.get(key)
    if (facts.kind !== 'table') this.#addVirtual(key, facts)
    else if (columns === 'all') this.tables.set(key, 'all')
    else if (known !== 'all') this.tables.set(key, new Set([...(known ?? []), ...columns]))
  }

  #addVirtual(key: TableKey, { kind, module, owner, contentTable }: TableFacts): void {
    this.tables.set(owner ?? key, 'all')
    if (kind === 'virtual' && !SELF_CONTAINED_MODULES.has(module ?? '')) this.everything = true
    if (contentTable === undefined) return
    for (const content of this.#schema.resolve(splitTableKey(key).schema, contentTable)) {
      // FTS5 reads it by statements of its own, prepared once and not for each query.
      if (this.#schema.table(content)?.kind === 'table') this.tables.set(content, 'all')
      else this.everything = true
    }
  }
}

/**
 * The definitions of the views that the statement goes through. The authorizer tells of common table expressions as it
 * does of views: what goes through one inside of a view is told by the one, what is read of it by the other.
 */
function viewsOf({ access }: Statement, schema: Schema): readonly string[] {
  const read = [...access.reads.keys()].map((key) => splitTableKey(key).table)
  return [...new Set([...access.accessors, ...read])]
    .flatMap((name) => schema.resolve('*', name))
    .flatMap((key) => schema.viewDefinition(key) ?? [])
}

/** Those of the columns that the table has, as it calls them. */
function* columnsOf(key: TableKey, names: ReadonlySet<string>, catalog: Catalog): Task<ReadonlySet<string>> {
  if (names.size === 0) return names
  const columns = yield* catalog.columnNames(key)
  return new Set([...names].flatMap((name) => columns.get(name) ?? []))
}

function isSchemaTable(key: TableKey): boolean {
  return SCHEMA_TABLES.has(splitTableKey(key).table.toLowerCase())
}

/** The tables whose B-trees the compiled statement opens, and whether it opens virtual ones. */
function* openedTables(
  { sql, isExplain }: Statement,
  connection: Connection,
  schema: Schema,
): Task<{ readonly tables: ReadonlySet<TableKey>; readonly hasVirtual: boolean }> {
  const tables = new Set<TableKey>()
  let hasVirtual = false
  // It opens nothing, and EXPLAIN cannot be explained.
  if (isExplain) return { tables, hasVirtual }
  for (const [, opcode, , rootPage, schemaNumber] of yield* connection.ask(`explain ${sql}`)) {
    if (opcode === 'VOpen') hasVirtual = true
    if (opcode !== 'OpenRead' && opcode !== 'ReopenIdx') continue
    const table = schema.tableAtRoot(Number(schemaNumber), Number(rootPage))
    if (table !== undefined) tables.add(schema.table(table)?.owner ?? table)
  }
  return { tables, hasVirtual }
}
