import type { Sqlite3Static, Database } from '@sqlite.org/sqlite-wasm'
import { loadSqlite } from '../../../src/worker/sqlite/module.ts'
import type { SqlRow, SqlValue } from '../../../src/values.ts'
import type { Relation } from './relation.ts'

const sqlite3 = (await loadSqlite(undefined)) as unknown as Sqlite3Static
// The object API prints every error that a statement ends in, and here many are meant to.
sqlite3.config.warn = () => undefined
sqlite3.config.error = () => undefined

/** The same statements by the official API on one connection: what the engine is compared with. */
export class Mirror {
  readonly #database: Database = new sqlite3.oo1.DB(':memory:')

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
    }
  }

  /** The rows of a query, or undefined where it fails. */
  query(sql: string, parameters: readonly SqlValue[] = []): readonly SqlRow[] | undefined {
    try {
      const bound = parameters.length === 0 ? {} : { bind: [...parameters] }
      return this.#database.exec({
        sql,
        ...bound,
        returnValue: 'resultRows',
        rowMode: 'object',
      }) as unknown as SqlRow[]
    } catch {
      return undefined
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
  relations(): readonly Relation[] {
    const rows = this.query(
      "select name, type, sql like '%using fts5%' as is_index from sqlite_schema where type in ('table', 'view') and name not like 'sqlite%' and name not like 'f|_%' escape '|'",
    )
    return (rows ?? []).map(({ name, type, is_index: isIndex }) => {
      const columns =
        this.query(`select name, hidden from pragma_table_xinfo('${String(name)}', 'main')`) ?? []
      const visible = columns.filter(({ hidden }) => hidden !== 1)
      return {
        kind: isIndex === 1 ? 'text-index' : type === 'view' ? 'view' : 'table',
        name: String(name),
        columns: visible.map((column) => String(column['name'])),
        writable: visible.filter(({ hidden }) => hidden === 0).map((column) => String(column['name'])),
      }
    })
  }

  close(): void {
    this.#database.close()
  }
}
