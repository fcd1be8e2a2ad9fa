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
  readonly hasRowid: boolean
}

/** An entry of `sqlite_schema`, and the schema that it is in. */
export interface SchemaEntry {
  readonly schemaNumber: number
  readonly schema: string
  readonly type: string
  readonly name: string
  readonly table: string
  readonly rootPage: number
  readonly sql: string
}

/** A table, view or virtual table as SQLite lists it. */
export interface ListedTable {
  readonly schema: string
  readonly name: string
  readonly kind: string
  readonly hasRowid: boolean
}

/** The schema as it was when it was read: its tables, and what is known of them by their definitions. */
export class Schema {
  /** Whether some table or trigger resolves conflicts by deleting rows. */
  readonly replacesRows: boolean
  readonly #entries: readonly SchemaEntry[]
  readonly #tables: ReadonlyMap<TableKey, TableFacts>
  #keysByName: ReadonlyMap<string, readonly TableKey[]> | undefined
  #rootPages: ReadonlyMap<string, TableKey> | undefined

  constructor(entries: readonly SchemaEntry[], listed: readonly ListedTable[]) {
    this.replacesRows = entries.some(({ type, sql }) => type !== 'view' && mentionsReplace(sql))
    this.#entries = entries
    this.#tables = tableFactsOf(entries, listed)
  }

  table(key: TableKey): TableFacts | undefined {
    return this.#tables.get(key)
  }

  /**
   * The tables that a name can mean, in any letter case, as it stands in the SQL for count(*): one,
   * or in every schema where that is `*`.
   */
  resolve(schema: string, table: string): readonly TableKey[] {
    const key = tableKey(schema, table)
    if (this.#tables.has(key)) return [key]
    this.#keysByName ??= groupByName(this.#tables.keys())
    const keys = this.#keysByName.get(table.toLowerCase()) ?? []
    if (schema === '*') return keys
    return keys.filter((other) => splitTableKey(other).schema.toLowerCase() === schema.toLowerCase())
  }

  /** The statement that made a view. */
  viewDefinition(key: TableKey): string | undefined {
    const { schema, table } = splitTableKey(key)
    return this.#entries.find(
      (entry) => entry.type === 'view' && entry.schema === schema && entry.name === table,
    )?.sql
  }

  /** The table whose B-tree, or an index of which, begins at this page of the schema of this number. */
  tableAtRoot(schemaNumber: number, rootPage: number): TableKey | undefined {
    this.#rootPages ??= new Map(
      this.#entries.map((entry) => [
        `${entry.schemaNumber}:${entry.rootPage}`,
        tableKey(entry.schema, entry.table),
      ]),
    )
    return this.#rootPages.get(`${schemaNumber}:${rootPage}`)
  }
}

function tableFactsOf(
  entries: readonly SchemaEntry[],
  listed: readonly ListedTable[],
): ReadonlyMap<TableKey, TableFacts> {
  const definitions = new Map(
    entries
      .filter(({ type }) => type === 'table')
      .map(({ schema, name, sql }) => [tableKey(schema, name), sql] as const),
  )
  const virtual = [...definitions].filter(([, sql]) => isVirtual(sql)).map(([key]) => key)
  return new Map(
    listed.map(({ schema, name, kind, hasRowid }) => {
      const key = tableKey(schema, name)
      return [key, { ...tableFacts(key, kind, definitions.get(key) ?? '', virtual), hasRowid }] as const
    }),
  )
}

function tableFacts(
  key: TableKey,
  kind: string,
  sql: string,
  virtual: readonly TableKey[],
): Omit<TableFacts, 'hasRowid'> {
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
