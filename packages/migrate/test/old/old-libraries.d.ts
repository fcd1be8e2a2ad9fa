declare module '@jlongster/sql.js' {
  export interface SqlJsDatabase {
    exec(
      sql: string,
    ): readonly { readonly columns: readonly string[]; readonly values: readonly unknown[][] }[]
    export(): Uint8Array<ArrayBuffer>
    close(): void
  }

  interface SqlJs {
    readonly FS: {
      mkdir(path: string): void
      mount(files: object, options: object, path: string): void
    }
    readonly Database: new (path?: string, options?: { readonly filename: true }) => SqlJsDatabase
    register_for_idb(files: object): void
  }

  const initSqlJs: (options: { readonly locateFile: () => string }) => Promise<SqlJs>
  export default initSqlJs
}

declare module 'sql.js' {
  export { default } from '@jlongster/sql.js'
}

declare module 'absurd-sql' {
  export const SQLiteFS: new (files: object, backend: object) => object
}

declare module 'absurd-sql/dist/indexeddb-backend' {
  const IndexedDBBackend: new () => object
  export default IndexedDBBackend
}

declare module 'absurd-sql/dist/indexeddb-main-thread' {
  export const initBackend: (worker: Worker) => void
}
