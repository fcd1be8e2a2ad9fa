import type { Connection } from '../sqlite/connection.ts'
import { splitTableKey, tableKey, type TableKey } from '../sqlite/statement-access.ts'

/** What change detection has to know of a table beyond its name. */
export interface TableFacts {
  readonly kind: 'table' | 'view' | 'virtual' | 'shadow'
  /** Of a shadow table: the virtual table that it is part of. */
  readonly owner: TableKey | undefined
  /** Of a virtual table: its module, in lower case. */
  readonly module: string | undefined
  /** Of an FTS5 table: the name of the table that holds its text, if that is not its own. */
  readonly contentTable: string | undefined
  /** Whether writing to it may change `sqlite_sequence`, of which nobody tells. */
  readonly isAutoincrement: boolean
}

/** `replace` as the conflict clause, which deletes rows of which nobody tells; not the function. */
const REPLACE_CLAUSE = /\breplace\b(?!\s*\()/i

export function mentionsReplace(sql: string): boolean {
  return REPLACE_CLAUSE.test(sql)
}

/** The schema as one connection sees it, read when first asked for and after each change of it. */
export class Catalog {
  readonly #connection: Connection
  #generation = 0
  #tables: Map<TableKey, TableFacts> | undefined
  #keysByName: Map<string, TableKey[]> | undefined
  #rowColumns = new Map<TableKey, ReadonlySet<string> | 'all'>()
  #columnNames = new Map<TableKey, ReadonlyMap<string, string>>()
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
    this.#keysByName = undefined
    this.#rowColumns.clear()
    this.#columnNames.clear()
    this.#primaryKeys.clear()
    this.#rootPages = undefined
    this.#definitions = undefined
  }

  table(key: TableKey): TableFacts | undefined {
    this.#tables ??= this.#readTables()
    return this.#tables.get(key)
  }

  /**
   * The tables that a name can mean, in any letter case, as it stands in the SQL for count(*): one,
   * or in every schema where that is `*`.
   */
  resolve(schema: string, table: string): readonly TableKey[] {
    this.#tables ??= this.#readTables()
    const key = tableKey(schema, table)
    if (this.#tables.has(key)) return [key]
    this.#keysByName ??= groupByName(this.#tables.keys())
    const keys = this.#keysByName.get(table.toLowerCase()) ?? []
    if (schema === '*') return keys
    return keys.filter((other) => splitTableKey(other).schema.toLowerCase() === schema.toLowerCase())
  }

  /** Whether some table or trigger resolves conflicts by deleting rows. */
  get replacesRows(): boolean {
    return this.#schemaEntries().some(({ type, sql }) => type !== 'view' && mentionsReplace(sql))
  }

  /** The statement that made a view. */
  viewDefinition(key: TableKey): string | undefined {
    const { schema, table } = splitTableKey(key)
    return this.#schemaEntries().find(
      (entry) => entry.type === 'view' && entry.schema === schema && entry.name === table,
    )?.sql
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

  /** The columns of a table, by their names in lower case. */
  columnNames(key: TableKey): ReadonlyMap<string, string> {
    let columns = this.#columnNames.get(key)
    if (columns === undefined) {
      const { schema, table } = splitTableKey(key)
      columns = new Map(
        this.#connection
          .command('select name from pragma_table_xinfo(?, ?)', [table, schema])
          .map(([name]) => [String(name).toLowerCase(), String(name)]),
      )
      this.#columnNames.set(key, columns)
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
    const definitions = new Map<TableKey, string>()
    for (const { schema, type, name, sql } of this.#schemaEntries()) {
      if (type === 'table') definitions.set(tableKey(schema, name), sql)
    }
    const virtual = [...definitions].filter(([, sql]) => isVirtual(sql)).map(([key]) => key)
    for (const [schema, name, kind] of list) {
      const key = tableKey(String(schema), String(name))
      const sql = definitions.get(key) ?? ''
      tables.set(key, {
        kind: kind === 'view' || kind === 'virtual' || kind === 'shadow' ? kind : 'table',
        owner: kind === 'shadow' ? ownerOf(key, virtual) : undefined,
        module: isVirtual(sql) ? moduleOf(sql) : undefined,
        contentTable: isVirtual(sql) ? contentTableOf(sql) : undefined,
        isAutoincrement: /\bautoincrement\b/i.test(sql),
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

function groupByName(keys: Iterable<TableKey>): Map<string, TableKey[]> {
  const groups = new Map<string, TableKey[]>()
  for (const key of keys) {
    const name = splitTableKey(key).table.toLowerCase()
    groups.set(name, [...(groups.get(name) ?? []), key])
  }
  return groups
}

function isVirtual(sql: string): boolean {
  return /^\s*create\s+virtual/i.test(sql)
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

function contentTableOf(sql: string): string | undefined {
  const name = /\bcontent\s*=\s*(?:"([^"]+)"|'([^']+)'|`([^`]+)`|\[([^\]]+)\]|(\w+))/i.exec(sql)
  return name?.slice(1).find((group) => group !== undefined)
}
