import type { ColumnBlock, RequestTypes } from '../link/protocol.ts'
import type { SqlValue } from '../values.ts'
import type { Connection } from './sqlite/connection.ts'
import type { RowReader } from './row-reader.ts'
import type { MaybeTask, Task } from './task.ts'
import { RESERVED_AT } from './storage/database-header.ts'
import { stampPublicSum, SUM_SIZE } from './storage/page-sum.ts'

type Chunk = RequestTypes['streamNext']['reply']

/** Rows that are sent in chunks, as the page asks for them. */
export interface RowStream {
  next(until: number): Task<Chunk>
  close(): Task<void>
}

const ROWS_PER_CHUNK = 2000

/** Reads on in one snapshot, which lasts as long as its reader is held. */
export function streamFromReader(reader: RowReader, now: () => number, release: () => MaybeTask): RowStream {
  return {
    *next(until) {
      const done = yield* reader.read({ rows: ROWS_PER_CHUNK, until, now })
      return { block: reader.take(), done }
    },
    *close() {
      const closing = reader.close()
      if (closing !== undefined) yield closing
      const releasing = release()
      if (releasing !== undefined) yield* releasing
    },
  }
}

/** A result that is there already, since its statement wrote or its transaction may not be kept open. */
export function streamFromBlock(block: ColumnBlock): RowStream {
  let sent = 0
  return {
    // oxlint-disable-next-line require-yield -- The rows are here: it never has to wait.
    *next() {
      const end = Math.min(sent + ROWS_PER_CHUNK, block.rowCount)
      const values = block.values.map((column) => column.slice(sent, end))
      const chunk = { names: block.names, values, rowCount: end - sent }
      sent = end
      return { block: chunk, done: sent === block.rowCount }
    },
    // oxlint-disable-next-line require-yield -- Nor here.
    *close() {
      sent = block.rowCount
    },
  }
}

/** The pages of the database as of the moment that it is opened. */
export interface ByteStream {
  next(): Task<RequestTypes['exportNext']['reply']>
  close(): Task<void>
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
export function* streamOfPages(connection: Connection, release: () => MaybeTask): Task<ByteStream> {
  const statement = yield* connection.trust(connection.prepare("select data from sqlite_dbpage('main')"))
  let isFirst = true
  let hasSums = false
  return {
    *next() {
      const column: SqlValue[] = []
      const done = yield* statement.rows(() => {
        statement.readRow([column])
        return column.length < PAGES_PER_CHUNK
      })
      const pages = column.filter((page) => page instanceof Uint8Array)
      const [first] = pages
      if (isFirst && first !== undefined) {
        first[WRITE_VERSION] = first[READ_VERSION] = 1
        hasSums = first[RESERVED_AT] === SUM_SIZE
      }
      isFirst = false
      // What SQLite holds of a page ends in the sum of what it was when it was read.
      if (hasSums) for (const page of pages) stampPublicSum(page)
      const bytes = concatenate(pages)
      return { bytes, done }
    },
    *close() {
      const closing = connection.release(statement)
      if (closing !== undefined) yield closing
      yield* connection.command('commit')
      const releasing = release()
      if (releasing !== undefined) yield* releasing
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
