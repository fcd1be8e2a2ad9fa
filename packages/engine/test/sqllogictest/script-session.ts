import type { Database, ExplicitTransaction } from '../../src/handle.ts'
import type { ExecuteResult, RunResult } from '../../src/statement-result.ts'

/** What came of a call: its value, or what it was rejected with. */
export type Outcome<Value> = { readonly value: Value } | { readonly error: unknown }

const BEGIN = /^\s*begin\b/i
const COMMIT = /^\s*(commit|end)\b/i
const ROLLBACK = /^\s*rollback\b(?!(\s+transaction)?\s+to\b)/i
/** More than one statement; perhaps in a string, which does no harm. */
const SEVERAL = /;\s*\S/
/** Milliseconds: a script does not hurry. */
const TRANSACTION_TIMEOUT = 60_000

/**
 * Plays the statements of a script over a handle. The engine refuses statements that begin or end a
 * transaction, by design: it has methods for them, which are called instead.
 */
export class ScriptSession {
  /** How many statements were such. */
  transactions = 0
  readonly #db: Database
  #transaction: ExplicitTransaction | undefined

  constructor(db: Database) {
    this.#db = db
  }

  static controlsTransaction(sql: string): boolean {
    return [BEGIN, COMMIT, ROLLBACK].some((control) => control.test(sql))
  }

  run(sql: string): Promise<Outcome<RunResult | undefined>> {
    if (ScriptSession.controlsTransaction(sql)) {
      this.transactions += 1
      return settle(this.#control(sql))
    }
    const executor = this.#transaction ?? this.#db
    return settle(SEVERAL.test(sql) ? executor.exec(sql).then(() => undefined) : executor.run(sql))
  }

  query(sql: string): Promise<Outcome<ExecuteResult>> {
    return settle((this.#transaction ?? this.#db).execute(sql))
  }

  /** Undoes the transaction that a script has left open. */
  async end(): Promise<void> {
    await this.#transaction?.rollback()
    this.#transaction = undefined
  }

  async #control(sql: string): Promise<undefined> {
    const open = this.#transaction
    if (BEGIN.test(sql)) {
      if (open !== undefined) throw new Error('A transaction is open already.')
      this.#transaction = await this.#db.begin({ timeout: TRANSACTION_TIMEOUT })
      return
    }
    if (open === undefined) throw new Error('No transaction is open.')
    this.#transaction = undefined
    await (COMMIT.test(sql) ? open.commit() : open.rollback())
  }
}

function settle<Value>(call: Promise<Value>): Promise<Outcome<Value>> {
  return call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
}
