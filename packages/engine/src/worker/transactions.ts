import type { BeginRequest, RequestTypes, StatementRequest, WireResult } from '../link/protocol.ts'
import type { EngineContext } from './engine-context.ts'
import { DataSyncError } from '../errors.ts'
import { OpenTransaction } from './open-transaction.ts'
import { RowReader } from './row-reader.ts'
import { runAll } from './writes.ts'

/** The savepoint of a batch inside a transaction, apart from those of nested transactions. */
const BATCH_SAVEPOINT = 0

/** The interactive transactions of a page: one at the writer, any number of read-only ones. */
export class Transactions {
  readonly #context: EngineContext
  readonly #transactions = new Map<number, OpenTransaction>()

  constructor(context: EngineContext) {
    this.#context = context
  }

  begin(request: number, payload: BeginRequest): void {
    const { lane, outbox } = this.#context
    const answer = (open: () => void): boolean => {
      try {
        open()
        outbox.reply<'begin'>(request, null)
        return true
      } catch (error) {
        outbox.fail(request, error)
        return false
      }
    }
    if (payload.readonly) {
      answer(() => this.#openReader(payload))
      return
    }
    const begin = (): boolean => answer(() => this.#openWriter(payload))
    lane.enqueue({
      request,
      run: () => {
        if (!this.#hasToShowFirst) begin()
        else this.#inNextTurn(begin)
      },
      cancel: (error) => outbox.fail(request, error),
    })
  }

  statement(request: number, id: number, payload: StatementRequest): WireResult {
    const transaction = this.#get(id)
    return this.#guard(request, transaction, payload.timeout, () =>
      transaction.isReadonly
        ? this.#read(transaction, payload)
        : this.#context.database.writer.run(payload, payload.shape),
    )
  }

  script(request: number, payload: RequestTypes['script']['payload'] & { transaction: number }): null {
    const transaction = this.#getWriting(payload.transaction)
    this.#guard(request, transaction, payload.timeout, () =>
      this.#context.database.writer.script(payload.sql, true),
    )
    return null
  }

  batch(
    request: number,
    payload: RequestTypes['batch']['payload'] & { transaction: number },
  ): readonly WireResult[] {
    const transaction = this.#getWriting(payload.transaction)
    const { writer } = this.#context.database
    return this.#guard(request, transaction, payload.timeout, () => {
      writer.savepoint(BATCH_SAVEPOINT, 'begin')
      try {
        const results = runAll(writer, payload.statements)
        writer.savepoint(BATCH_SAVEPOINT, 'release')
        return results
      } catch (error) {
        if (!writer.connection.autocommit) writer.savepoint(BATCH_SAVEPOINT, 'rollback')
        throw error
      }
    })
  }

  savepoint({ transaction, depth, action }: RequestTypes['savepoint']['payload']): null {
    this.#getWriting(transaction)
    this.#context.database.writer.savepoint(depth, action)
    return null
  }

  /** Whether the statements of this transaction go to the writer. */
  isWriting(id: number): boolean {
    return !this.#get(id).isReadonly
  }

  commit({ transaction: id, userVersion }: RequestTypes['commit']['payload']): null {
    const transaction = this.#get(id)
    try {
      if (userVersion !== undefined)
        transaction.connection.command(`pragma user_version = ${Math.trunc(userVersion)}`)
      if (transaction.isReadonly) transaction.connection.command('commit')
      else this.#context.database.writer.commit()
    } catch (error) {
      this.#noticeUndone(transaction, error)
      throw error
    }
    this.#end(id, transaction)
    return null
  }

  /** Also of a transaction that has ended otherwise, which is then forgotten. */
  rollback(id: number): null {
    const transaction = this.#transactions.get(id)
    if (transaction === undefined) return null
    this.#undo(transaction)
    this.#end(id, transaction)
    return null
  }

  rollbackAll(reason: DataSyncError): void {
    for (const transaction of this.#transactions.values()) {
      if (!transaction.isOpen) continue
      this.#undo(transaction)
      transaction.end(reason)
    }
  }

  /** Live queries that only the writer can run have to show what this turn commits, before it is taken. */
  get #hasToShowFirst(): boolean {
    const { database, liveQueries } = this.#context
    return database.hasWriterOnlySchemas && (liveQueries.isDue || !database.writer.committed.isEmpty)
  }

  #inNextTurn(begin: () => boolean): void {
    const { lane, later } = this.#context
    lane.hold()
    later(() => {
      if (!begin()) lane.release()
    })
  }

  #openReader(payload: BeginRequest): void {
    const { readers } = this.#context.database
    const connection = readers.holdSnapshot()
    this.#register(payload, connection, () => readers.releaseHeld(connection))
  }

  #openWriter(payload: BeginRequest): void {
    const { database, lane, leaving } = this.#context
    if (leaving !== undefined) throw leaving
    // Asked before it can change: others see what there was until the commit.
    void database.hasWriterOnlySchemas
    database.writer.begin(payload.mode)
    lane.hold()
    this.#register(payload, database.writer.connection, () => lane.release())
  }

  #register(payload: BeginRequest, connection: OpenTransaction['connection'], release: () => void): void {
    const { turn, now } = this.#context
    const timeout = (): void => turn(() => this.#expire(transaction))
    const transaction = new OpenTransaction(connection, payload, { release, timeout }, now())
    this.#transactions.set(payload.transaction, transaction)
  }

  #expire(transaction: OpenTransaction): void {
    if (!transaction.isOpen) return
    this.#undo(transaction)
    transaction.end(
      new DataSyncError(
        'transaction-timeout',
        `The transaction was open for more than ${transaction.timeout} ms.`,
      ),
    )
  }

  #undo(transaction: OpenTransaction): void {
    if (!transaction.isOpen) return
    if (!transaction.isReadonly) this.#context.database.writer.rollback()
    else if (!transaction.connection.autocommit) transaction.connection.command('rollback')
  }

  #end(id: number, transaction: OpenTransaction): void {
    this.#transactions.delete(id)
    transaction.end()
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

  #read(transaction: OpenTransaction, payload: StatementRequest): WireResult {
    const { now } = this.#context
    const start = now()
    const reader = new RowReader(
      transaction.connection,
      payload,
      ({ needsWriter, controlsTransaction, sql }) => {
        if (!needsWriter && !controlsTransaction) return
        throw new DataSyncError('read-only', 'The statement of a read-only transaction writes.', { sql })
      },
    )
    try {
      reader.read(payload.shape === 'first-row' ? { rows: 1, until: Infinity, now } : undefined)
      return { block: reader.take(), changes: 0, lastInsertRowid: 0, durationMs: now() - start }
    } finally {
      reader.close()
    }
  }

  /** Runs within what time the transaction has left, and notices if SQLite ended the transaction. */
  #guard<Result>(
    request: number,
    transaction: OpenTransaction,
    timeout: number | undefined,
    run: () => Result,
  ): Result {
    const { clock, now } = this.#context
    try {
      return clock.guard(request, Math.min(timeout ?? Infinity, transaction.timeLeft(now())), run)
    } catch (error) {
      if (transaction.timeLeft(now()) === 0) {
        this.#expire(transaction)
        transaction.assertOpen()
      }
      this.#noticeUndone(transaction, error)
      throw error
    }
  }

  /** Ends a transaction that SQLite has undone: its next statement would be committed by itself. */
  #noticeUndone(transaction: OpenTransaction, error: unknown): void {
    if (transaction.isReadonly || !transaction.connection.autocommit) return
    const why = error instanceof Error ? error.message : String(error)
    transaction.end(new DataSyncError('transaction-closed', `SQLite undid the transaction: ${why}`))
  }
}
