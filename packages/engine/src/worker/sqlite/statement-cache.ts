import type { Statement } from './statement.ts'

/** Prepared statements by their text, the least recently used one going first. */
export class StatementCache {
  readonly #capacity: number
  readonly #statements = new Map<string, Statement>()
  #dropped: Statement[] = []

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get(sql: string): Statement | undefined {
    const statement = this.#statements.get(sql)
    if (statement !== undefined) {
      this.#statements.delete(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }

  /** Keeps the statement unless one of the same text is kept already (and is just in use). */
  add(sql: string, statement: Statement): void {
    if (this.#statements.has(sql)) return
    statement.cached = true
    this.#statements.set(sql, statement)
    if (this.#statements.size > this.#capacity) this.#evict()
  }

  /** Empties the cache; whoever uses a statement of it finalizes that when done. */
  clear(): void {
    for (const statement of this.#statements.values()) {
      statement.cached = false
      if (!statement.inUse) this.#dropped.push(statement)
    }
    this.#statements.clear()
  }

  /** Keeps a statement that is in no cache, for the connection to finalize. */
  drop(statement: Statement): void {
    this.#dropped.push(statement)
  }

  /** What fell out of the cache since the last time, for the connection to finalize. */
  takeDropped(): readonly Statement[] {
    if (this.#dropped.length === 0) return this.#dropped
    const dropped = this.#dropped
    this.#dropped = []
    return dropped
  }

  #evict(): void {
    for (const [sql, statement] of this.#statements) {
      if (statement.inUse) continue
      this.#statements.delete(sql)
      this.#dropped.push(statement)
      return
    }
  }
}
