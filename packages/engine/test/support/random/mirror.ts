import type { Database, PreparedStatement } from '@sqlite.org/sqlite-wasm'
import type { SqlRow, SqlValue } from '../../../src/values.ts'
import type { Relation } from './relation.ts'
import { loadOfficialSqlite } from '../official-sqlite.ts'

const { sqlite3 } = await loadOfficialSqlite()
sqlite3.config.error = () => undefined

/** A single statement that leaves the schema as it is. */
const ONLY_ROWS = /^\s*(?:insert|update|delete|replace|with)\b[^;]*$/i

const SCHEMA = 'select group_concat(name || sql) as sql from sqlite_schema'

const RELATIONS = `
  select s.name, s.type, l.wr, s.sql like '%using fts5%' as is_text, s.sql like '%using rtree%' as is_spatial
  from sqlite_schema s join pragma_table_list l on l.schema = 'main' and l.name = s.name
  where s.type in ('table', 'view') and s.name not like 'sqlite%'
    and s.name not like 'f|_%' escape '|' and s.name not like 'area|_%' escape '|'
  order by s.rowid`

/** The same statements by the official API on one connection: what the engine is compared with. */
export class Mirror {
  readonly #database: Database = new sqlite3.oo1.DB(':memory:')
  readonly #statements = new Map<string, PreparedStatement>()
  #relations: { readonly schema: string; readonly all: readonly Relation[] } | undefined

  constructor() {
    this.run('pragma foreign_keys = on')
  }

  /** Runs a statement or a script; answers whether it went well. */
  run(sql: string): boolean {
    try {
      this.#database.exec(sql)
      return true
    } catch {
      return false
    } finally {
      if (!ONLY_ROWS.test(sql)) this.#forgetStatements()
    }
  }

  /** The rows of a query, or undefined where it fails. */
  query(sql: string, parameters: readonly SqlValue[] = []): readonly SqlRow[] | undefined {
    const known = this.#statements.get(sql)
    try {
      const statement = known ?? this.#database.prepare(sql)
      this.#statements.set(sql, statement)
      return readRows(statement, parameters)
    } catch {
      this.#statements.get(sql)?.finalize()
      this.#statements.delete(sql)
      // What was prepared for another schema may fail where the same does not that is prepared now.
      return known === undefined ? undefined : this.query(sql, parameters)
    }
  }

  get isInTransaction(): boolean {
    return sqlite3.capi.sqlite3_get_autocommit(this.#database.pointer ?? 0) === 0
  }

  /** Whether there is something that only its own connection would see. */
  get hasTemporary(): boolean {
    return (this.query('select 1 from sqlite_temp_schema') ?? []).length > 0
  }

  /** What statements can name. */
  get relations(): readonly Relation[] {
    const schema = String(this.query(SCHEMA)?.[0]?.['sql'])
    if (this.#relations?.schema !== schema) this.#relations = { schema, all: this.#findRelations() }
    return this.#relations.all
  }

  close(): void {
    this.#forgetStatements()
    this.#database.close()
  }

  /** One that reads no table, as of a view whose tables it can do without, would not see that they are gone. */
  #forgetStatements(): void {
    for (const statement of this.#statements.values()) statement.finalize()
    this.#statements.clear()
  }

  #findRelations(): readonly Relation[] {
    return (this.query(RELATIONS) ?? []).map((row) => {
      const { name, type, wr: isWithoutRowid, is_text: isText, is_spatial: isSpatial } = row
      const columns = this.query(`select * from pragma_table_xinfo('${String(name)}', 'main')`) ?? []
      const visible = columns.filter(({ hidden }) => hidden !== 1)
      const primaryKey = columns.filter(({ pk }) => pk !== 0)
      return {
        kind:
          isText === 1
            ? 'text-index'
            : isSpatial === 1
              ? 'spatial-index'
              : type === 'view'
                ? 'view'
                : 'table',
        name: String(name),
        columns: visible.map((column) => String(column['name'])),
        writable: visible.filter(({ hidden }) => hidden === 0).map((column) => String(column['name'])),
        key:
          isWithoutRowid === 1
            ? primaryKey.map((column) => String(column['name']))
            : type === 'view'
              ? []
              : ['rowid'],
      }
    })
  }
}

function readRows(statement: PreparedStatement, parameters: readonly SqlValue[]): readonly SqlRow[] {
  const rows: SqlRow[] = []
  let names: readonly string[] | undefined
  if (parameters.length > 0) statement.bind([...parameters])
  while (statement.step()) {
    // Not before the first step, which may find that the schema is another.
    names ??= statement.getColumnNames()
    const row: Record<string, SqlValue> = {}
    const values = statement.get([]) as readonly SqlValue[]
    for (const [i, name] of names.entries()) row[name] = values[i] ?? null
    rows.push(row)
  }
  statement.reset()
  return rows
}
