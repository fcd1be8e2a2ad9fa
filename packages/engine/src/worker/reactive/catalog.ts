import type { Connection } from '../sqlite/connection.ts'
import type { Task } from '../task.ts'
import { quote } from '../sqlite/quote.ts'
import { splitTableKey, type TableKey } from '../sqlite/statement-access.ts'
import { columnRules } from './predicates/column-rules.ts'
import { ROWID } from '../sqlite/row-hook.ts'
import type { TableColumn } from './predicates/column-rules.ts'
import { Schema, type SchemaEntry } from './schema.ts'

const ROWID_NAMES = ['rowid', '_rowid_', 'oid'] as const

interface ColumnFacts {
  readonly name: string
  /** Its place in the primary key, from 1, or 0. */
  readonly keyPosition: number
  readonly isGenerated: boolean
  readonly isHidden: boolean
  readonly isNotNull: boolean
  readonly declaredType: string
}

/**
 * The schema as one connection sees it, read when first asked for and after each change of it.
 * By pragmas, not by their functions: a table of the user's may be called like one of those.
 */
export class Catalog {
  readonly #connection: Connection
  #generation = 0
  #schema: Schema | undefined
  readonly #columns = new Map<TableKey, readonly ColumnFacts[]>()
  readonly #comparable = new Map<TableKey, ReadonlyMap<string, TableColumn>>()
  readonly #rowids = new Map<TableKey, readonly TableColumn[]>()

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
    this.#schema = undefined
    this.#columns.clear()
    this.#comparable.clear()
    this.#rowids.clear()
    this.#connection.forgetStatements()
  }

  /** The tables as they are now. */
  *schema(): Task<Schema> {
    this.#schema ??= yield* this.#readAll()
    return this.#schema
  }

  /**
   * The columns of a table whose update counts as a change of rows: those that identify a row, and
   * all of them where a generated column may follow any other.
   */
  *rowColumns(key: TableKey): Task<ReadonlySet<string> | 'all'> {
    const columns = yield* this.#columnsOf(key)
    if (columns.some(({ isGenerated }) => isGenerated)) return 'all'
    return new Set(['ROWID', ...primaryKeyOf(columns)])
  }

  /** The columns of a table, by their names in lower case. */
  *columnNames(key: TableKey): Task<ReadonlyMap<string, string>> {
    const columns = yield* this.#columnsOf(key)
    return new Map(columns.map(({ name }) => [name.toLowerCase(), name]))
  }

  /** The stored columns of a table of which it is sure how SQLite compares them, by their names in lower case. */
  *comparableColumns(key: TableKey): Task<ReadonlyMap<string, TableColumn>> {
    const known = this.#comparable.get(key)
    if (known !== undefined) return known
    const { schema, table } = splitTableKey(key)
    const comparable = new Map<string, TableColumn>()
    for (const [index, { name, declaredType, isHidden }] of (yield* this.#columnsOf(key)).entries()) {
      const rules = columnRules(declaredType, this.#connection.collationOf(schema, table, name))
      if (rules !== undefined && !isHidden) comparable.set(name.toLowerCase(), { index, name, rules })
    }
    this.#comparable.set(key, comparable)
    return comparable
  }

  /** The columns by which a row of a table is told apart and found again: its rowid, or its primary key. */
  *rowKey(key: TableKey): Task<readonly TableColumn[] | undefined> {
    const known = this.#rowids.get(key)
    if (known !== undefined) return known
    const facts = (yield* this.schema()).table(key)
    const found = facts?.hasRowid === false ? yield* this.#exactKey(key) : yield* this.#rowid(key)
    if (found !== undefined) this.#rowids.set(key, found)
    return found
  }

  /** Whether every column of a table is compared by its bytes, if nothing else is said. */
  *isBinary(key: TableKey): Task<boolean> {
    const { schema, table } = splitTableKey(key)
    const columns = yield* this.#columnsOf(key)
    return columns.every(
      ({ name }) => this.#connection.collationOf(schema, table, name).toLowerCase() === 'binary',
    )
  }

  /** Whether a column may be NULL in a row of the table. A name that it does not list is that of the rowid. */
  *isNullable(key: TableKey, column: string): Task<boolean> {
    const columns = yield* this.#columnsOf(key)
    const found = columns.find(({ name }) => name === column)
    if (found === undefined) return !ROWID_NAMES.some((name) => name === column.toLowerCase())
    // The one that is called the rowid cannot be, although that is not noted of it.
    const isRowid = found.declaredType.toUpperCase() === 'INTEGER' && primaryKeyOf(columns).join() === column
    const hasRowid = (yield* this.schema()).table(key)?.hasRowid !== false
    return !found.isNotNull && !(isRowid && hasRowid)
  }

  *primaryKey(key: TableKey): Task<readonly string[]> {
    return primaryKeyOf(yield* this.#columnsOf(key))
  }

  *#readAll(): Task<Schema> {
    const entries: SchemaEntry[] = []
    for (const [number, schema] of yield* this.#connection.ask('pragma database_list')) {
      entries.push(...(yield* this.#readEntries(Number(number), String(schema))))
    }
    const listed = yield* this.#connection.ask('pragma table_list')
    return new Schema(
      entries,
      listed.map(([schema, name, kind, , withoutRowid]) => ({
        schema: String(schema),
        name: String(name),
        kind: String(kind),
        hasRowid: withoutRowid !== 1,
      })),
    )
  }

  *#readEntries(schemaNumber: number, schema: string): Task<readonly SchemaEntry[]> {
    const rows = yield* this.#connection.ask(
      `select type, name, tbl_name, rootpage, coalesce(sql, '') from ${quote(schema)}.sqlite_schema`,
    )
    return rows.map(([type, name, table, rootPage, sql]) => ({
      schemaNumber,
      schema,
      type: String(type),
      name: String(name),
      table: String(table),
      rootPage: Number(rootPage),
      sql: String(sql),
    }))
  }

  /** The primary key, if two rows of one key are one row wherever they are compared. */
  *#exactKey(key: TableKey): Task<readonly TableColumn[] | undefined> {
    const comparable = yield* this.comparableColumns(key)
    const names = yield* this.primaryKey(key)
    const columns = names.map((name) => comparable.get(name.toLowerCase()))
    return columns.every((column) => column?.rules.collation === 'binary')
      ? (columns as TableColumn[])
      : undefined
  }

  /** By a name that no column has. */
  *#rowid(key: TableKey): Task<readonly TableColumn[] | undefined> {
    const columns = yield* this.columnNames(key)
    const name = ROWID_NAMES.find((each) => !columns.has(each))
    return name === undefined
      ? undefined
      : [{ index: ROWID, name, rules: { affinity: 'numeric', collation: 'binary' } }]
  }

  *#columnsOf(key: TableKey): Task<readonly ColumnFacts[]> {
    const known = this.#columns.get(key)
    if (known !== undefined) return known
    const { schema, table } = splitTableKey(key)
    const rows = yield* this.#connection.ask(`pragma ${quote(schema)}.table_xinfo(${quote(table)})`)
    const columns = rows.map(([, name, declaredType, notNull, , keyPosition, hidden]) => ({
      name: String(name),
      keyPosition: Number(keyPosition),
      isGenerated: hidden === 2 || hidden === 3,
      isHidden: hidden !== 0,
      isNotNull: notNull !== 0,
      declaredType: String(declaredType),
    }))
    this.#columns.set(key, columns)
    return columns
  }
}

function primaryKeyOf(columns: readonly ColumnFacts[]): readonly string[] {
  return columns
    .filter(({ keyPosition }) => keyPosition > 0)
    .toSorted((a, b) => a.keyPosition - b.keyPosition)
    .map(({ name }) => name)
}
