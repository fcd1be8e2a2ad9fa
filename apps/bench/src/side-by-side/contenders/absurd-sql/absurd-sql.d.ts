declare module '@jlongster/sql.js' {
  import type { Row, Value } from '../../sql-session.ts'

  export interface SqlJsStatement {
    bind(parameters: readonly Value[]): boolean
    step(): boolean
    getAsObject(): Row
    run(parameters: readonly Value[]): void
    reset(): void
  }

  export interface SqlJsDatabase {
    exec(sql: string): unknown
    prepare(sql: string): SqlJsStatement
    close(): void
  }

  interface SqlJs {
    readonly FS: {
      mkdir(path: string): void
      mount(files: object, options: object, path: string): void
    }
    readonly Database: new (path: string, options: { readonly filename: true }) => SqlJsDatabase
    register_for_idb(files: object): void
  }

  const initSqlJs: (options: { readonly locateFile: () => string }) => Promise<SqlJs>
  export default initSqlJs
}

declare module 'absurd-sql' {
  export const SQLiteFS: new (files: object, backend: object) => object
}

declare module 'absurd-sql/dist/indexeddb-backend' {
  const IndexedDBBackend: new () => object
  export default IndexedDBBackend
}

declare module 'absurd-sql/dist/indexeddb-main-thread' {
  /** Makes the workers that the worker asks the page for. */
  export const initBackend: (worker: Worker) => void
}
