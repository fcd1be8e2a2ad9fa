import type { Connection } from '../sqlite/connection.ts'
import { splitTableKey, tableKey, type TableKey } from '../sqlite/statement-access.ts'

/** What change detection has to know of a table beyond its name. */
export interface TableFacts {
  readonly kind: 'table' | 'view' | 'virtual' | 'shadow'
  /** Of a shadow table: the virtual table that it is part of. */
  readonly owner: TableKey | undefined
  /** Of a virtual table: its module, in lower case. */
  readonly module: string | undefined
  /** Of an FTS5 table: the table that holds its text, if that is not its own. */
  readonly contentTable: TableKey | undefined
}

/** `replace` as the conflict clause, which deletes rows of which nobody tells; not the function. */
const REPLACE_CLAUSE = /\breplace\b(?!\s*\()/i
/** Joins whose columns SQLite compares without asking the authorizer. */
const JOIN_BY_NAME = /\b(using|natural)\b/i

export function mentionsReplace(sql: string): boolean {
  return REPLACE_CLAUSE.test(sql)
}

export function joinsByName(sql: string): boolean {
  return JOIN_BY_NAME.test(sql)
}

/** The schema as one connection sees it, read when first asked for and after each change of it. */
export class Catalog {
  readonly #connection: Connection
  #generation = 0
  #tables: Map<TableKey, TableFacts> | undefined
  #rowColumns = new Map<TableKey, ReadonlySet<string> | 'all'>()
  #primaryKeys = new Map<TableKey, readonly string[]>()
  #rootPages: Map<string, TableKey> | undefined
  #definitions: readonly SchemaEntry[] | undefined

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Counts the schemas that were seen, for those who keep what they derived from one. */
  get generation(): number {
    return this.#generation
  }

  invalidate(): void {
    this.#generation++
    this.#tables = undefined
    this.#rowColumns.clear()
    this.#primaryKeys.clear()
    this.#rootPages = undefined
    this.#definitions = undefined
  }

  table(key: TableKey): TableFacts | undefined {
    this.#tables ??= this.#readTables()
    return this.#tables.get(key)
  }

  /** The tables that a name can mean: one, or in every schema where it is `*`, as it may be for count(*). */
  resolve(schema: string, table: string): readonly TableKey[] {
    this.#tables ??= this.#readTables()
    const key = tableKey(schema, table)
    if (schema !== '*') return this.#tables.has(key) ? [key] : []
    const name = table.toLowerCase()
    return [...this.#tables.keys()].filter((other) => splitTableKey(other).table.toLowerCase() === name)
  }

  /** Whether some table or trigger resolves conflicts by deleting rows. */
  get replacesRows(): boolean {
    return this.#schemaEntries().some(({ type, sql }) => type !== 'view' && mentionsReplace(sql))
  }

  /** Whether some view joins by column names that the authorizer is not asked about. */
  get viewsJoinByName(): boolean {
    return this.#schemaEntries().some(({ type, sql }) => type === 'view' && joinsByName(sql))
  }

  /**
   * The columns of a table whose update counts as a change of rows: those that identify a row, and
   * all of them where a generated column may follow any other.
   */
  rowColumns(schema: string, table: string): ReadonlySet<string> | 'all' {
    const key = tableKey(schema, table)
    let columns = this.#rowColumns.get(key)
    if (columns === undefined) {
      const info = this.#connection.command('select name, pk, hidden from pragma_table_xinfo(?, ?)', [
        table,
        schema,
      ])
      const isGenerated = info.some(([, , hidden]) => hidden === 2 || hidden === 3)
      const identifying = info.filter(([, position]) => position !== 0).map(([name]) => String(name))
      columns = isGenerated ? 'all' : new Set(['ROWID', ...identifying])
      this.#rowColumns.set(key, columns)
    }
    return columns
  }

  primaryKey(schema: string, table: string): readonly string[] {
    const key = tableKey(schema, table)
    let columns = this.#primaryKeys.get(key)
    if (columns === undefined) {
      columns = this.#connection
        .command('select name from pragma_table_xinfo(?, ?) where pk > 0 order by pk', [table, schema])
        .map(([name]) => String(name))
      this.#primaryKeys.set(key, columns)
    }
    return columns
  }

  /** The table whose B-tree, or an index of which, begins at this page of the schema of this number. */
  tableAtRoot(schemaNumber: number, rootPage: number): TableKey | undefined {
    this.#rootPages ??= new Map(
      this.#schemaEntries().map((entry) => [
        `${entry.schemaNumber}:${entry.rootPage}`,
        tableKey(entry.schema, entry.table),
      ]),
    )
    return this.#rootPages.get(`${schemaNumber}:${rootPage}`)
  }

  #schemaEntries(): readonly SchemaEntry[] {
    this.#definitions ??= this.#connection
      .command('select seq, name from pragma_database_list')
      .flatMap(([number, schema]) => this.#readSchema(Number(number), String(schema)))
    return this.#definitions
  }

  #readSchema(schemaNumber: number, schema: string): readonly SchemaEntry[] {
    const quoted = `"${schema.replaceAll('"', '""')}"`
    return this.#connection
      .command(`select type, name, tbl_name, rootpage, coalesce(sql, '') from ${quoted}.sqlite_schema`)
      .map(([type, name, table, rootPage, sql]) => ({
        schemaNumber,
        schema,
        type: String(type),
        name: String(name),
        table: String(table),
        rootPage: Number(rootPage),
        sql: String(sql),
      }))
  }

  #readTables(): Map<TableKey, TableFacts> {
    const tables = new Map<TableKey, TableFacts>()
    const list = this.#connection.command('select schema, name, type from pragma_table_list')
    const virtual = new Map<TableKey, string>()
    for (const { schema, type, name, sql } of this.#schemaEntries()) {
      if (type === 'table' && /^\s*create\s+virtual/i.test(sql)) virtual.set(tableKey(schema, name), sql)
    }
    for (const [schema, name, kind] of list) {
      const key = tableKey(String(schema), String(name))
      const sql = virtual.get(key)
      tables.set(key, {
        kind: kind === 'view' || kind === 'virtual' || kind === 'shadow' ? kind : 'table',
        owner: kind === 'shadow' ? ownerOf(key, [...virtual.keys()]) : undefined,
        module: sql === undefined ? undefined : moduleOf(sql),
        contentTable: sql === undefined ? undefined : contentTableOf(String(schema), sql),
      })
    }
    return tables
  }
}

interface SchemaEntry {
  readonly schemaNumber: number
  readonly schema: string
  readonly type: string
  readonly name: string
  readonly table: string
  readonly rootPage: number
  readonly sql: string
}

/** A shadow table is named after its virtual table, with a suffix. */
function ownerOf(shadow: TableKey, virtual: readonly TableKey[]): TableKey | undefined {
  return virtual
    .filter((key) => shadow.startsWith(`${key}_`))
    .toSorted((a, b) => b.length - a.length)
    .at(0)
}

function moduleOf(sql: string): string | undefined {
  return /\busing\s+["'`[]?(\w+)/i.exec(sql)?.[1]?.toLowerCase()
}

function contentTableOf(schema: string, sql: string): TableKey | undefined {
  const name = /\bcontent\s*=\s*(?:"([^"]+)"|'([^']+)'|`([^`]+)`|\[([^\]]+)\]|(\w+))/i.exec(sql)
  const table = name?.slice(1).find((group) => group !== undefined)
  return table === undefined ? undefined : tableKey(schema, table)
}
