import type { BeginRequest, RequestTypes, StatementRequest, WireResult } from '../link/protocol.ts'
import type { BatchResult, StatementRun } from '../link/batch-wire.ts'
import type { SessionContext } from './session-context.ts'
import type { MaybeTask, Task } from './task.ts'
import type { Writer } from './writer.ts'
import { DataSyncError } from '../errors.ts'
import { OpenTransaction } from './open-transaction.ts'
import { RowReader } from './row-reader.ts'
import { runAll } from './writes.ts'

/** The savepoint of a batch inside a transaction, apart from those of nested transactions. */
const BATCH_SAVEPOINT = 0

const UNDONE =
  'The tab that hosted the database went away before the transaction was committed; it was undone.'

/** The interactive transactions of a page: one at the writer, any number of read-only ones. */
export class Transactions {
  readonly #context: SessionContext
  readonly #transactions = new Map<number, OpenTransaction>()

  constructor(context: SessionContext) {
    this.#context = context
  }

  *begin(request: number, payload: BeginRequest): Task<void> {
    const { lane, outbox } = this.#context
    const answer = function* (open: Task<void>): Task<boolean> {
      try {
        yield* open
        outbox.reply<'begin'>(request, null)
        return true
      } catch (error) {
        outbox.fail(request, error)
        return false
      }
    }
    if (payload.readonly) {
      yield* answer(this.#openReader(payload))
      return
    }
    const begin = (): Task<boolean> => answer(this.#openWriter(payload))
    const run = function* (this: Transactions): Task<void> {
      if (yield* this.#hasToShowFirst()) this.#inNextTurn(begin)
      else yield* begin()
    }
    yield* lane.enqueue({
      request,
      run: () => run.call(this),
      cancel: (error) => outbox.fail(request, error),
    })
  }

  *statement(request: number, id: number, payload: StatementRequest): Task<WireResult> {
    const transaction = this.#get(id)
    const task = transaction.isReadonly
      ? this.#read(transaction, payload)
      : this.#context.database.writer.run(payload, payload.shape)
    return yield* this.#guard(request, transaction, payload.timeout, task)
  }

  *script(request: number, payload: RequestTypes['script']['payload'] & { transaction: number }): Task<null> {
    const transaction = this.#getWriting(payload.transaction)
    const task = this.#context.database.writer.scriptInside(payload.sql)
    yield* this.#guard(request, transaction, payload.timeout, task)
    return null
  }

  *batch(
    request: number,
    payload: RequestTypes['batch']['payload'] & { transaction: number },
  ): Task<BatchResult> {
    const transaction = this.#getWriting(payload.transaction)
    const { writer } = this.#context.database
    return yield* this.#guard(request, transaction, payload.timeout, runBatch(writer, payload.runs))
  }

  *savepoint({ transaction, depth, action }: RequestTypes['savepoint']['payload']): Task<null> {
    this.#getWriting(transaction)
    yield* this.#context.database.writer.savepoint(depth, action)
    return null
  }

  get isAnyOpen(): boolean {
    return [...this.#transactions.values()].some(({ isOpen }) => isOpen)
  }

  /** `request` is the number by which it is known whether a host that is gone has done it. */
  *commit(request: number, { transaction: id, userVersion }: RequestTypes['commit']['payload']): Task<null> {
    const { outcomes } = this.#context
    const earlier = yield* outcomes.commit(request)
    if (earlier === 'committed') return null
    if (earlier === 'undone') throw new DataSyncError('host-changed', UNDONE)
    const transaction = this.#get(id)
    try {
      if (!transaction.isReadonly) yield* outcomes.record(request, null)
      if (userVersion !== undefined)
        yield* transaction.connection.command(`pragma user_version = ${Math.trunc(userVersion)}`)
      if (transaction.isReadonly) yield* transaction.connection.command('commit')
      else yield* this.#context.database.writer.commit()
    } catch (error) {
      yield* this.#noticeUndone(transaction, error)
      throw error
    }
    yield* this.#end(id, transaction)
    return null
  }

  /** Also of a transaction that has ended otherwise, which is then forgotten. */
  *rollback(id: number): Task<null> {
    const transaction = this.#transactions.get(id)
    if (transaction === undefined) return null
    yield* this.#undo(transaction)
    yield* this.#end(id, transaction)
    return null
  }

  *rollbackAll(reason: DataSyncError): Task<void> {
    for (const transaction of this.#transactions.values()) {
      if (!transaction.isOpen) continue
      yield* this.#undo(transaction)
      yield* transaction.end(reason)
    }
  }

  /** Live queries that only the writer can run have to show what this turn commits, before it is taken. */
  *#hasToShowFirst(): Task<boolean> {
    const { database, liveQueries } = this.#context
    const hasNews = liveQueries.isDue || !database.writer.committed.isEmpty
    return (yield* database.hasWriterOnlySchemas()) && hasNews
  }

  #inNextTurn(begin: () => Task<boolean>): void {
    const { lane, later } = this.#context
    lane.hold()
    later(function* () {
      if (!(yield* begin())) yield* lane.release()
    })
  }

  *#openReader(payload: BeginRequest): Task<void> {
    const { readers } = this.#context.database
    const connection = yield* readers.holdSnapshot()
    this.#register(payload, connection, () => readers.releaseHeld(connection))
  }

  *#openWriter(payload: BeginRequest): Task<void> {
    const { database, lane, leaving, sync } = this.#context
    if (leaving !== undefined) throw leaving
    const waiting = sync.admit()
    if (waiting !== undefined) yield* waiting
    // Asked before it can change: others see what there was until the commit.
    yield* database.hasWriterOnlySchemas()
    yield* this.#context.outcomes.prepare()
    yield* database.writer.begin(payload.mode)
    lane.hold()
    this.#register(payload, database.writer.connection, () => lane.release())
  }

  #register(
    payload: BeginRequest,
    connection: OpenTransaction['connection'],
    release: () => MaybeTask,
  ): void {
    const { turn, now } = this.#context
    const timeout = (): void => turn(() => this.#expire(transaction))
    const transaction = new OpenTransaction(connection, payload, { release, timeout }, now())
    this.#transactions.set(payload.transaction, transaction)
  }

  *#expire(transaction: OpenTransaction): Task<void> {
    if (!transaction.isOpen) return
    yield* this.#undo(transaction)
    yield* transaction.end(
      new DataSyncError(
        'transaction-timeout',
        `The transaction was open for more than ${transaction.timeout} ms.`,
      ),
    )
  }

  *#undo(transaction: OpenTransaction): Task<void> {
    if (!transaction.isOpen) return
    if (!transaction.isReadonly) yield* this.#context.database.writer.rollback()
    else if (!transaction.connection.autocommit) yield* transaction.connection.command('rollback')
  }

  #end(id: number, transaction: OpenTransaction): Task<void> {
    this.#transactions.delete(id)
    return transaction.end()
  }

  #get(id: number): OpenTransaction {
    const transaction = this.#transactions.get(id)
    if (transaction === undefined) {
      throw new DataSyncError('transaction-closed', 'The transaction has already ended.')
    }
    transaction.assertOpen()
    return transaction
  }

  #getWriting(id: number): OpenTransaction {
    const transaction = this.#get(id)
    if (transaction.isReadonly)
      throw new DataSyncError('read-only', 'A read-only transaction cannot do this.')
    return transaction
  }

  *#read(transaction: OpenTransaction, payload: StatementRequest): Task<WireResult> {
    const { now } = this.#context
    const start = now()
    const reader = yield* RowReader.open(
      transaction.connection,
      payload,
      ({ needsWriter, controlsTransaction, sql }) => {
        if (!needsWriter && !controlsTransaction) return
        throw new DataSyncError('read-only', 'The statement of a read-only transaction writes.', { sql })
      },
    )
    try {
      yield* reader.read(payload.shape === 'first-row' ? { rows: 1, until: Infinity, now } : undefined)
      return { block: reader.take(), changes: 0, lastInsertRowid: 0, durationMs: now() - start }
    } finally {
      const closing = reader.close()
      if (closing !== undefined) yield closing
    }
  }

  /** Runs within what time the transaction has left, and notices if SQLite ended the transaction. */
  *#guard<Result>(
    request: number,
    transaction: OpenTransaction,
    timeout: number | undefined,
    task: Task<Result>,
  ): Task<Result> {
    const { clock, now } = this.#context
    try {
      return yield* clock.guard(request, Math.min(timeout ?? Infinity, transaction.timeLeft(now())), task)
    } catch (error) {
      if (transaction.timeLeft(now()) === 0) {
        yield* this.#expire(transaction)
        transaction.assertOpen()
      }
      yield* this.#noticeUndone(transaction, error)
      throw error
    }
  }

  /** Ends a transaction that SQLite has undone: its next statement would be committed by itself. */
  *#noticeUndone(transaction: OpenTransaction, error: unknown): Task<void> {
    if (transaction.isReadonly || !transaction.connection.autocommit) return
    const why = error instanceof Error ? error.message : String(error)
    yield* transaction.end(new DataSyncError('transaction-closed', `SQLite undid the transaction: ${why}`))
  }
}

/** All of the statements or none, within a transaction that goes on. */
function* runBatch(writer: Writer, runs: readonly StatementRun[]): Task<BatchResult> {
  yield* writer.savepoint(BATCH_SAVEPOINT, 'begin')
  try {
    const results = yield* runAll(writer, runs)
    yield* writer.savepoint(BATCH_SAVEPOINT, 'release')
    return results
  } catch (error) {
    if (!writer.connection.autocommit) yield* writer.savepoint(BATCH_SAVEPOINT, 'rollback')
    throw error
  }
}
