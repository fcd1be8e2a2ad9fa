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
  /** It alters the schema, or does what is not told by single tables. */
  schemaChange = false
  /** It gives a pragma an argument, which may set something on its connection. */
  setsPragma = false
  /** BEGIN, COMMIT, ROLLBACK or a savepoint. */
  transactionControl = false

  addRead(schema: string, table: string, column: string): void {
    const key = tableKey(schema, table)
    const columns = this.reads.get(key)
    if (columns === undefined) this.reads.set(key, new Set([column]))
    else columns.add(column)
  }

  addUpdate(schema: string, table: string, column: string): void {
    const key = tableKey(schema, table)
    const columns = this.writes.get(key)
    if (columns === undefined) this.writes.set(key, new Set([column]))
    else if (columns !== 'rows') columns.add(column)
  }

  addRowChange(schema: string, table: string): void {
    this.writes.set(tableKey(schema, table), 'rows')
  }
}
