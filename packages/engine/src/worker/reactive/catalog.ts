import type { Connection } from '../sqlite/connection.ts'
import { splitTableKey, tableKey, type TableKey } from '../sqlite/statement-access.ts'
import {
  contentTableOf,
  isVirtual,
  mentionsReplace,
  moduleOf,
  usesAutoincrement,
} from './table-definition.ts'

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

interface ColumnFacts {
  readonly name: string
  /** Its place in the primary key, from 1, or 0. */
  readonly keyPosition: number
  readonly isGenerated: boolean
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

/**
 * The schema as one connection sees it, read when first asked for and after each change of it.
 * By pragmas, not by their functions: a table of the user's may be called like one of those.
 */
export class Catalog {
  readonly #connection: Connection
  #generation = 0
  #entries: readonly SchemaEntry[] | undefined
  #tables: ReadonlyMap<TableKey, TableFacts> | undefined
  #keysByName: ReadonlyMap<string, readonly TableKey[]> | undefined
  #rootPages: ReadonlyMap<string, TableKey> | undefined
  readonly #columns = new Map<TableKey, readonly ColumnFacts[]>()

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Counts the schemas that were seen, for those who keep what they derived from one. */
  get generation(): number {
    return this.#generation
  }

  /** Forgets the schema, and the statements that were prepared for it, so that they tell of the next one alone. */
  invalidate(): void {
    this.#generation++
    this.#entries = undefined
    this.#tables = undefined
    this.#keysByName = undefined
    this.#rootPages = undefined
    this.#columns.clear()
    this.#connection.forgetStatements()
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
  rowColumns(key: TableKey): ReadonlySet<string> | 'all' {
    if (this.#columnsOf(key).some(({ isGenerated }) => isGenerated)) return 'all'
    return new Set(['ROWID', ...this.primaryKey(key)])
  }

  /** The columns of a table, by their names in lower case. */
  columnNames(key: TableKey): ReadonlyMap<string, string> {
    return new Map(this.#columnsOf(key).map(({ name }) => [name.toLowerCase(), name]))
  }

  primaryKey(key: TableKey): readonly string[] {
    return this.#columnsOf(key)
      .filter(({ keyPosition }) => keyPosition > 0)
      .toSorted((a, b) => a.keyPosition - b.keyPosition)
      .map(({ name }) => name)
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
    this.#entries ??= this.#connection
      .ask('pragma database_list')
      .flatMap(([number, schema]) => this.#readSchema(Number(number), String(schema)))
    return this.#entries
  }

  #readSchema(schemaNumber: number, schema: string): readonly SchemaEntry[] {
    return this.#connection
      .ask(`select type, name, tbl_name, rootpage, coalesce(sql, '') from ${quote(schema)}.sqlite_schema`)
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

  #readTables(): ReadonlyMap<TableKey, TableFacts> {
    const definitions = new Map(
      this.#schemaEntries()
        .filter(({ type }) => type === 'table')
        .map(({ schema, name, sql }) => [tableKey(schema, name), sql] as const),
    )
    const virtual = [...definitions].filter(([, sql]) => isVirtual(sql)).map(([key]) => key)
    return new Map(
      this.#connection.ask('pragma table_list').map(([schema, name, kind]) => {
        const key = tableKey(String(schema), String(name))
        return [key, tableFacts(key, String(kind), definitions.get(key) ?? '', virtual)] as const
      }),
    )
  }

  #columnsOf(key: TableKey): readonly ColumnFacts[] {
    let columns = this.#columns.get(key)
    if (columns === undefined) {
      const { schema, table } = splitTableKey(key)
      columns = this.#connection
        .ask(`pragma ${quote(schema)}.table_xinfo(${quote(table)})`)
        .map(([, name, , , , keyPosition, hidden]) => ({
          name: String(name),
          keyPosition: Number(keyPosition),
          isGenerated: hidden === 2 || hidden === 3,
        }))
      this.#columns.set(key, columns)
    }
    return columns
  }
}

function tableFacts(key: TableKey, kind: string, sql: string, virtual: readonly TableKey[]): TableFacts {
  return {
    kind: kind === 'view' || kind === 'virtual' || kind === 'shadow' ? kind : 'table',
    owner: kind === 'shadow' ? ownerOf(key, virtual) : undefined,
    module: isVirtual(sql) ? moduleOf(sql) : undefined,
    contentTable: isVirtual(sql) ? contentTableOf(sql) : undefined,
    isAutoincrement: usesAutoincrement(sql),
  }
}

/** A shadow table is named after its virtual table, with a suffix. */
function ownerOf(shadow: TableKey, virtual: readonly TableKey[]): TableKey | undefined {
  return virtual
    .filter((key) => shadow.startsWith(`${key}_`))
    .toSorted((a, b) => b.length - a.length)
    .at(0)
}

function groupByName(keys: Iterable<TableKey>): ReadonlyMap<string, readonly TableKey[]> {
  const groups = new Map<string, TableKey[]>()
  for (const key of keys) {
    const name = splitTableKey(key).table.toLowerCase()
    groups.set(name, [...(groups.get(name) ?? []), key])
  }
  return groups
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
