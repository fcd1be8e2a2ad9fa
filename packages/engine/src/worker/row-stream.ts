import type { ColumnBlock, RequestTypes } from '../link/protocol.ts'
import type { SqlValue } from '../values.ts'
import type { Connection } from './sqlite/connection.ts'
import type { RowReader } from './row-reader.ts'

type Chunk = RequestTypes['streamNext']['reply']

/** Rows that are sent in chunks, as the page asks for them. */
export interface RowStream {
  next(until: number): Chunk
  close(): void
}

const ROWS_PER_CHUNK = 2000

/** Reads on in one snapshot, which lasts as long as its reader is held. */
export function streamFromReader(reader: RowReader, now: () => number, release: () => void): RowStream {
  return {
    next(until) {
      const done = reader.read({ rows: ROWS_PER_CHUNK, until, now })
      return { block: reader.take(), done }
    },
    close() {
      reader.close()
      release()
    },
  }
}

/** A result that is there already, since its statement wrote or its transaction may not be kept open. */
export function streamFromBlock(block: ColumnBlock): RowStream {
  let sent = 0
  return {
    next() {
      const end = Math.min(sent + ROWS_PER_CHUNK, block.rowCount)
      const values = block.values.map((column) => column.slice(sent, end))
      const chunk = { names: block.names, values, rowCount: end - sent }
      sent = end
      return { block: chunk, done: sent === block.rowCount }
    },
    close() {
      sent = block.rowCount
    },
  }
}

/** The pages of the database as of the moment that it is opened. */
export interface ByteStream {
  next(): RequestTypes['exportNext']['reply']
  close(): void
}

/** About a megabyte. */
const PAGES_PER_CHUNK = 256
/** Where the header says that a reader must use a log (sqlite.org/fileformat2.html, offsets 18 and 19). */
const WRITE_VERSION = 18
const READ_VERSION = 19

/**
 * Reads the whole file, page by page, through the snapshot that a reader holds. The copy's header says that
 * it needs no log, so that any SQLite opens it, from read-only media too.
 */
export function streamOfPages(connection: Connection, release: () => void): ByteStream {
  const statement = connection.trust(() => connection.prepare("select data from sqlite_dbpage('main')"))
  let isFirst = true
  return {
    next() {
      const pages: Uint8Array[] = []
      let done = false
      while (pages.length < PAGES_PER_CHUNK && !done) {
        done = !statement.step()
        const column: SqlValue[] = []
        if (!done) statement.readRow([column])
        pages.push(...column.filter((page) => page instanceof Uint8Array))
      }
      const bytes = concatenate(pages)
      if (isFirst && bytes.length > 0) bytes[WRITE_VERSION] = bytes[READ_VERSION] = 1
      isFirst = false
      return { bytes, done }
    },
    close() {
      connection.release(statement)
      connection.command('commit')
      release()
    },
  }
}

function concatenate(pages: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(pages.reduce((total, page) => total + page.length, 0))
  let offset = 0
  for (const page of pages) {
    bytes.set(page, offset)
    offset += page.length
  }
  return bytes
}
