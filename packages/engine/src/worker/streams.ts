import type { RequestTypes } from '../link/protocol.ts'
import type { SessionContext } from './session-context.ts'
import type { MaybeTask, Task } from './task.ts'
import { DataSyncError } from '../errors.ts'
import { RowReader } from './row-reader.ts'
import { streamFromBlock, streamFromReader, type ByteStream, type RowStream } from './row-stream.ts'

/** Milliseconds that the reading of one chunk may take. */
const CHUNK_TIME = 8

/** What the page reads piece by piece: results too long for one message, and exports. */
export class Streams {
  readonly #context: SessionContext
  readonly #rows = new Map<number, RowStream>()
  readonly #bytes = new Map<number, ByteStream>()

  constructor(context: SessionContext) {
    this.#context = context
  }

  get isAnyOpen(): boolean {
    return this.#rows.size > 0 || this.#bytes.size > 0
  }

  /** Opens a stream of its own snapshot; false if its statement needs the writer. */
  *openReader(payload: RequestTypes['streamOpen']['payload']): Task<boolean> {
    const { database, now } = this.#context
    const connection = yield* database.readers.hold()
    const release = (): MaybeTask => database.readers.releaseHeld(connection)
    let reader: RowReader
    try {
      reader = yield* RowReader.open(connection, payload)
    } catch (error) {
      const releasing = release()
      if (releasing !== undefined) yield* releasing
      throw error
    }
    if (reader.statement.needsWriter || reader.statement.controlsTransaction) {
      const closing = reader.close()
      if (closing !== undefined) yield closing
      const releasing = release()
      if (releasing !== undefined) yield* releasing
      return false
    }
    this.#rows.set(payload.stream, streamFromReader(reader, now, release))
    return true
  }

  /** A stream of a result that was read already. */
  openBlock(stream: number, block: RequestTypes['statement']['reply']['block']): void {
    this.#rows.set(stream, streamFromBlock(block))
  }

  *openExport(stream: number): Task<null> {
    this.#bytes.set(stream, yield* this.#context.database.openPages())
    return null
  }

  *next(request: number, stream: number): Task<RequestTypes['streamNext']['reply']> {
    const { clock, now } = this.#context
    const rows = this.#rows.get(stream)
    if (rows === undefined) throw endedStream()
    try {
      const chunk = yield* clock.guard(request, undefined, rows.next(now() + CHUNK_TIME))
      if (chunk.done) yield* this.close(stream)
      return chunk
    } catch (error) {
      yield* this.close(stream)
      throw error
    }
  }

  *nextBytes(stream: number): Task<RequestTypes['exportNext']['reply']> {
    const bytes = this.#bytes.get(stream)
    if (bytes === undefined) throw endedStream()
    try {
      const chunk = yield* bytes.next()
      if (chunk.done) yield* this.close(stream)
      return chunk
    } catch (error) {
      yield* this.close(stream)
      throw error
    }
  }

  *close(stream: number): Task<null> {
    const open = [this.#rows.get(stream), this.#bytes.get(stream)]
    for (const each of open) if (each !== undefined) yield* each.close()
    this.#rows.delete(stream)
    this.#bytes.delete(stream)
    return null
  }

  *closeAll(): Task<void> {
    for (const stream of [...this.#rows.keys(), ...this.#bytes.keys()]) yield* this.close(stream)
  }
}

function endedStream(): DataSyncError {
  return new DataSyncError('closed', 'The stream has ended.')
}
