import type { DatabaseSource } from './open-database.ts'
import type { Connection } from './sqlite/connection.ts'
import type { Task } from './task.ts'
import { quote } from './sqlite/quote.ts'
import { PAGE_SIZE } from './storage/placed-sum.ts'

const FCNTL_RESERVE_BYTES = 38

/**
 * Sets the size of pages, and the bytes that each leaves free at its end for the store, for a database
 * that has no page yet, and for what VACUUM makes of one that has.
 */
export function* shapePages(
  { module, store: { reservedBytes } }: DatabaseSource,
  connection: Connection,
  schema: string,
): Task<void> {
  // First, as it takes the other back.
  yield* connection.command(`pragma ${quote(schema)}.page_size = ${PAGE_SIZE}`)
  if (reservedBytes === undefined) return
  const { exports, memory } = module.wasm
  const name = new TextEncoder().encode(`${schema}\0`)
  const pointer = exports.sqlite3_malloc(name.length + 4)
  new DataView(memory.buffer).setInt32(pointer, reservedBytes, true)
  new Uint8Array(memory.buffer).set(name, pointer + 4)
  exports.sqlite3_file_control(connection.pointer, pointer + 4, FCNTL_RESERVE_BYTES, pointer)
  exports.sqlite3_free(pointer)
}
