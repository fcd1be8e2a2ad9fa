import type { DataSyncError } from '../errors.ts'
import type { ResultShape, StatementRequest } from '../link/protocol.ts'
import type { SessionContext } from './session-context.ts'
import type { Connection } from './sqlite/connection.ts'
import type { Task } from './task.ts'
import { RowReader } from './row-reader.ts'

/** Milliseconds that a scan may run before others have their turn. */
const SLICE = 8

/** A read that is under way. */
interface Read {
  readonly request: number
  readonly reader: RowReader
  readonly connection: Connection
  readonly start: number
  readonly shape: ResultShape
  /** Milliseconds of execution left. */
  timeLeft: number | undefined
}

/** Reads on connections of their own: none waits for a writer, and a long one is cut into slices. */
export class Reads {
  readonly #context: SessionContext
  readonly #running = new Map<number, Read>()
  /** Requests for which there is no reader yet. */
  readonly #waiting = new Set<number>()

  constructor(context: SessionContext) {
    this.#context = context
  }

  get isIdle(): boolean {
    return this.#running.size === 0 && this.#waiting.size === 0
  }

  /** Runs a statement that reads; `otherwise` takes over if it turns out to need the writer. */
  run(request: number, payload: StatementRequest, otherwise: () => Task<void>): Task<void> {
    const { database, outbox } = this.#context
    this.#waiting.add(request)
    return database.readers.lease(
      (connection) =>
        this.#waiting.delete(request)
          ? this.#start(request, payload, connection, otherwise)
          : database.readers.release(connection),
      (error) => {
        if (this.#waiting.delete(request)) outbox.fail(request, error)
      },
    )
  }

  *cancel(request: number, error: DataSyncError): Task<boolean> {
    const read = this.#running.get(request)
    if (read === undefined && !this.#waiting.delete(request)) return false
    if (read !== undefined) yield* this.#finish(read)
    this.#context.outbox.fail(request, error)
    return true
  }

  *cancelAll(error: DataSyncError): Task<void> {
    for (const request of [...this.#waiting, ...this.#running.keys()]) yield* this.cancel(request, error)
  }

  *#start(
    request: number,
    payload: StatementRequest,
    connection: Connection,
    otherwise: () => Task<void>,
  ): Task<void> {
    const { database, outbox, now } = this.#context
    let reader: RowReader
    try {
      reader = yield* RowReader.open(connection, payload)
    } catch (error) {
      const releasing = database.readers.release(connection)
      if (releasing !== undefined) yield* releasing
      outbox.fail(request, error)
      return
    }
    if (reader.statement.needsWriter || reader.statement.controlsTransaction) {
      const closing = reader.close()
      if (closing !== undefined) yield closing
      const releasing = database.readers.release(connection)
      if (releasing !== undefined) yield* releasing
      yield* otherwise()
      return
    }
    const { shape, timeout } = payload
    const read: Read = { request, reader, connection, start: now(), shape, timeLeft: timeout }
    this.#running.set(request, read)
    yield* this.#continue(read)
  }

  *#continue(read: Read): Task<void> {
    // It may have been cancelled since it was put off.
    if (!this.#running.has(read.request)) return
    const { clock, outbox, later, now } = this.#context
    const sliceStart = now()
    try {
      const rows = read.shape === 'first-row' ? 1 : Infinity
      const slice = read.reader.read({ rows, until: sliceStart + SLICE, now })
      const isDone = yield* clock.guard(read.request, read.timeLeft, slice)
      if (!isDone && read.shape !== 'first-row') {
        if (read.timeLeft !== undefined) read.timeLeft -= now() - sliceStart
        later(() => this.#continue(read))
        return
      }
      const block = read.reader.take()
      outbox.reply<'statement'>(read.request, {
        block,
        changes: 0,
        lastInsertRowid: 0,
        durationMs: now() - read.start,
      })
    } catch (error) {
      outbox.fail(read.request, error)
    }
    yield* this.#finish(read)
  }

  *#finish(read: Read): Task<void> {
    this.#running.delete(read.request)
    const closing = read.reader.close()
    if (closing !== undefined) yield closing
    const releasing = this.#context.database.readers.release(read.connection)
    if (releasing !== undefined) yield* releasing
  }
}
