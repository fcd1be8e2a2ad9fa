import type { OpenDatabase } from '../open-database.ts'
import type { SessionOwner } from '../session.ts'
import type { Connection } from '../sqlite/connection.ts'
import type { Statement } from '../sqlite/statement.ts'
import type { Task } from '../task.ts'
import { DataSyncError } from '../../errors.ts'
import { fromErrorRecord, toErrorRecord } from '../../link/error-record.ts'
import { isAtomic, isEndOfTransaction } from './statement-kinds.ts'
import { readOutcome, writeOutcome, type Outcome } from './outcome-text.ts'

/** How many outcomes are kept before those that are not needed any more are removed with the next. */
const MOST_KEPT = 64

/**
 * Has each write of a tab take effect once, though it is asked for again after the host went away: what
 * became of it is kept in a table of the database, written in the same transaction.
 */
export class Outcomes {
  readonly #owner: SessionOwner
  readonly #database: () => OpenDatabase
  /** Requests that were sent to another host before. */
  readonly #again = new Set<number>()
  /** The oldest request of the tab that was not answered. */
  #oldest = 0
  #kept = 0

  constructor(owner: SessionOwner, database: () => OpenDatabase) {
    this.#owner = owner
    this.#database = database
  }

  /** It was sent to another host before, and perhaps done. */
  noteAgain(request: number): void {
    this.#again.add(request)
  }

  noteOldest(request: number): void {
    this.#oldest = request
  }

  /** Runs a single statement, be it that it was not run already. */
  *statement<Value>(request: number, sql: string, work: () => Task<Value>): Task<Value> {
    const known = yield* this.#recall(request)
    if (known !== undefined) return valueOf<Value>(known)
    if (!this.#owner.isGuest || !isAtomic(sql)) return yield* work()
    return yield* this.#inTransaction(request, work, (value) => ({ value }))
  }

  /** The same for work that runs in a transaction of its own, and is to call `record` at its end. */
  *transaction<Value>(
    request: number,
    work: (record: (value: Value) => Task<void>) => Task<Value>,
  ): Task<Value> {
    const known = yield* this.#recall(request)
    if (known !== undefined) return valueOf<Value>(known)
    return yield* work((value) => this.record(request, value))
  }

  /** Runs the statements of a script that were not run already, each recorded by itself. */
  *script(request: number, sql: string, run: RunScript): Task<null> {
    const known = yield* this.#recall(request)
    if (known !== undefined && !('done' in known)) return valueOf<null>(known)
    const begin = known?.done ?? 0
    const around: AroundStatement = (statement, end, work) =>
      this.#step(request, statement, begin + end, work)
    yield* run(begin === 0 ? sql : skipBytes(sql, begin), this.#owner.isGuest ? around : undefined)
    return null
  }

  /** What became of the commit of a transaction, if it was asked for before, of a host that is gone. */
  *commit(request: number): Task<'committed' | 'undone' | 'unasked'> {
    if (!this.#again.has(request)) return 'unasked'
    return (yield* this.#recall(request)) === undefined ? 'undone' : 'committed'
  }

  /** Within the transaction that is open on the writer. */
  *record(request: number, value: unknown): Task<void> {
    if (this.#owner.isGuest) yield* this.#insert(request, { value })
  }

  /** The table is made beforehand: within a transaction of a user's, it would belong to that. */
  *prepare(): Task<void> {
    if (this.#owner.isGuest) yield* this.#connection.command(CREATE)
  }

  *#tryPrepare(): Task<boolean> {
    try {
      yield* this.prepare()
      return true
    } catch (error) {
      if (error instanceof DataSyncError && error.code === 'quota-exceeded') return false
      throw error
    }
  }

  /** Whoever reads it afterwards would find the tab gone. */
  *forget(): Task<void> {
    if (this.#kept === 0) return
    this.#kept = 0
    yield* this.#connection.command('delete from main.datasync_outcomes where client = ?', [
      this.#owner.client(),
    ])
  }

  get #connection(): Connection {
    return this.#database().writer.connection
  }

  *#recall(request: number): Task<Outcome | undefined> {
    if (!this.#again.delete(request)) return undefined
    if (!(yield* hasOutcomes(this.#connection))) return undefined
    const [row] = yield* this.#connection.command(
      'select outcome from main.datasync_outcomes where client = ? and request = ?',
      [this.#owner.client(), this.#owner.numbers.toPage(request)],
    )
    return row === undefined ? undefined : readOutcome(String(row[0]))
  }

  *#step(request: number, statement: Statement, done: number, work: Task<void>): Task<void> {
    const { autocommit } = this.#connection
    if (statement.controlsTransaction) {
      if (!autocommit && isEndOfTransaction(statement.sql)) yield* this.#insert(request, { done })
      return yield* work
    }
    if (!autocommit || !isAtomic(statement.sql)) return yield* work
    yield* this.#inTransaction(
      request,
      () => work,
      () => ({ done }),
    )
  }

  *#inTransaction<Value>(
    request: number,
    work: () => Task<Value>,
    outcome: (value: Value) => Outcome,
  ): Task<Value> {
    const { writer } = this.#database()
    // Where not even an empty table has room, rows can still be deleted.
    if (!(yield* this.#tryPrepare())) return yield* work()
    yield* writer.begin('immediate')
    try {
      const value = yield* this.#attempt(request, work)
      yield* this.#insert(request, outcome(value))
      yield* writer.commit()
      return value
    } catch (error) {
      yield* writer.rollback()
      throw error
    }
  }

  /** A statement can fail and keep rows (OR FAIL), which then stay, together with why it failed. */
  *#attempt<Value>(request: number, work: () => Task<Value>): Task<Value> {
    const { writer } = this.#database()
    try {
      return yield* work()
    } catch (error) {
      if (!writer.connection.autocommit) {
        yield* this.#insert(request, { error: toErrorRecord(error) })
        yield* writer.commit()
      }
      throw error
    }
  }

  *#insert(request: number, outcome: Outcome): Task<void> {
    const { numbers } = this.#owner
    const client = this.#owner.client()
    const connection = this.#connection
    if (++this.#kept > MOST_KEPT) {
      yield* connection.command('delete from main.datasync_outcomes where client = ? and request < ?', [
        client,
        this.#oldest,
      ])
      this.#kept = 1
    }
    yield* connection.command('insert or replace into main.datasync_outcomes values (?, ?, ?)', [
      client,
      numbers.toPage(request),
      writeOutcome(outcome),
    ])
  }
}

/** Runs a statement of a script, which ends at this byte. */
export type AroundStatement = (statement: Statement, end: number, work: Task<void>) => Task<void>

type RunScript = (sql: string, around: AroundStatement | undefined) => Task<void>

const CREATE =
  'create table if not exists main.datasync_outcomes (client text not null, request integer not null, ' +
  'outcome text not null, primary key (client, request)) strict, without rowid'

/** Removes what tabs have left behind that are gone. */
export function* forgetOthers(connection: Connection, clients: readonly string[]): Task<void> {
  if (!(yield* hasOutcomes(connection))) return
  const condition = 'client not in (select value from json_each(?))'
  const list = [JSON.stringify(clients)]
  const [stale] = yield* connection.command(`select 1 from main.datasync_outcomes where ${condition}`, list)
  if (stale === undefined) return
  yield* connection.command(`delete from main.datasync_outcomes where ${condition}`, list)
}

function* hasOutcomes(connection: Connection): Task<boolean> {
  const rows = yield* connection.command(
    "select 1 from main.sqlite_schema where type = 'table' and name = 'datasync_outcomes'",
  )
  return rows.length > 0
}

function valueOf<Value>(outcome: Outcome): Value {
  if ('error' in outcome) throw fromErrorRecord(outcome.error)
  if ('value' in outcome) return outcome.value as Value
  throw new DataSyncError('internal', 'The outcome of a script was recorded for something else.')
}

function skipBytes(text: string, bytes: number): string {
  return new TextDecoder().decode(new TextEncoder().encode(text).subarray(bytes))
}
