import type { RequestTypes } from '../link/protocol.ts'
import type { EngineContext } from './engine-context.ts'
import { DataSyncError } from '../errors.ts'
import { RowReader } from './row-reader.ts'
import {
  streamFromBlock,
  streamFromReader,
  streamOfPages,
  type ByteStream,
  type RowStream,
} from './row-stream.ts'

/** Milliseconds that the reading of one chunk may take. */
const CHUNK_TIME = 8

/** What the page reads piece by piece: results too long for one message, and exports. */
export class Streams {
  readonly #context: EngineContext
  readonly #rows = new Map<number, RowStream>()
  readonly #bytes = new Map<number, ByteStream>()

  constructor(context: EngineContext) {
    this.#context = context
  }

  /** Opens a stream of its own snapshot; false if its statement needs the writer. */
  openReader(payload: RequestTypes['streamOpen']['payload']): boolean {
    const { database, now } = this.#context
    const connection = database.readers.hold()
    const release = (): void => database.readers.releaseHeld(connection)
    let reader: RowReader
    try {
      reader = new RowReader(connection, payload)
    } catch (error) {
      release()
      throw error
    }
    if (reader.statement.needsWriter || reader.statement.controlsTransaction) {
      reader.close()
      release()
      return false
    }
    this.#rows.set(payload.stream, streamFromReader(reader, now, release))
    return true
  }

  /** A stream of a result that was read already. */
  openBlock(stream: number, block: RequestTypes['statement']['reply']['block']): void {
    this.#rows.set(stream, streamFromBlock(block))
  }

  openExport(stream: number): null {
    const { readers } = this.#context.database
    const connection = readers.holdSnapshot()
    this.#bytes.set(
      stream,
      streamOfPages(connection, () => readers.releaseHeld(connection)),
    )
    return null
  }

  next(request: number, stream: number): RequestTypes['streamNext']['reply'] {
    const { clock, now } = this.#context
    const rows = this.#rows.get(stream)
    if (rows === undefined) throw endedStream()
    try {
      const chunk = clock.guard(request, undefined, () => rows.next(now() + CHUNK_TIME))
      if (chunk.done) this.close(stream)
      return chunk
    } catch (error) {
      this.close(stream)
      throw error
    }
  }

  nextBytes(stream: number): RequestTypes['exportNext']['reply'] {
    const bytes = this.#bytes.get(stream)
    if (bytes === undefined) throw endedStream()
    try {
      const chunk = bytes.next()
      if (chunk.done) this.close(stream)
      return chunk
    } catch (error) {
      this.close(stream)
      throw error
    }
  }

  close(stream: number): null {
    this.#rows.get(stream)?.close()
    this.#bytes.get(stream)?.close()
    this.#rows.delete(stream)
    this.#bytes.delete(stream)
    return null
  }

  closeAll(): void {
    for (const stream of [...this.#rows.keys(), ...this.#bytes.keys()]) this.close(stream)
  }
}

function endedStream(): DataSyncError {
  return new DataSyncError('closed', 'The stream has ended.')
}
