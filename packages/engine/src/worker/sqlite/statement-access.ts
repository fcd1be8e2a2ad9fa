/** A table of one schema, as a key: `schema NUL table`. The schema is `*` where SQLite does not tell it. */
export type TableKey = string

export function tableKey(schema: string, table: string): TableKey {
  return `${schema}\u0000${table}`
}

export function splitTableKey(key: TableKey): { readonly schema: string; readonly table: string } {
  const end = key.indexOf('\u0000')
  return { schema: key.slice(0, end), table: key.slice(end + 1) }
}

/** Which columns of a table were updated; `rows` where rows came, went or moved. */
export type WrittenColumns = Set<string> | 'rows'

/** What the authorizer saw of one statement: the tables and columns that it reads and writes. */
export class StatementAccess {
  /** A column named '' means that the statement depends only on which rows there are. */
  readonly reads: Map<TableKey, Set<string>> = new Map()
  readonly writes: Map<TableKey, WrittenColumns> = new Map()
  /** The views and triggers that it goes through, as they are called in the SQL. */
  readonly accessors: Set<string> = new Set()
  /** The last pragma that it is or, as virtual tables do, runs: in lower case. */
  pragma: string | undefined
  /** It alters the schema, or does what is not told by single tables. */
  schemaChange = false
  /** It has a pragma that may set something on its connection, or write. */
  setsPragma = false
  /** BEGIN, COMMIT, ROLLBACK or a savepoint. */
  transactionControl = false
  #size = 0

  /** Grows with all that is seen, for those who keep what they derived from it. */
  get size(): number {
    return this.#size
  }

  addRead(schema: string, table: string, column: string): void {
    const key = tableKey(schema, table)
    const columns = this.reads.get(key)
    if (columns === undefined) this.reads.set(key, new Set([column]))
    else if (columns.has(column)) return
    else columns.add(column)
    this.#size++
  }

  addUpdate(schema: string, table: string, column: string): void {
    const key = tableKey(schema, table)
    const columns = this.writes.get(key)
    if (columns === undefined) this.writes.set(key, new Set([column]))
    else if (columns === 'rows' || columns.has(column)) return
    else columns.add(column)
    this.#size++
  }

  addRowChange(schema: string, table: string): void {
    const key = tableKey(schema, table)
    if (this.writes.get(key) === 'rows') return
    this.writes.set(key, 'rows')
    this.#size++
  }
}
