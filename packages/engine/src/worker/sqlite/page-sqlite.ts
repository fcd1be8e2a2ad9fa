import type { CompiledSqlite, SqliteMessage } from '../../link/compiled-sqlite.ts'

/** What the page that has started this worker compiles for it, if it says that it does. */
export class PageSqlite {
  #compiled: Promise<CompiledSqlite | undefined> = Promise.resolve(undefined)
  #settle: (compiled: CompiledSqlite | undefined) => void = () => undefined

  /** Nothing, where the page could not compile it, or did not try. */
  get compiled(): Promise<CompiledSqlite | undefined> {
    return this.#compiled
  }

  receive({ sqlite }: SqliteMessage): void {
    if (sqlite === 'coming') this.#compiled = new Promise((resolve) => (this.#settle = resolve))
    else this.#settle(sqlite)
  }
}
