import type { SqlValue } from '../../values.ts'
import type { Heap } from './heap.ts'
import type { Pointer, WasmExports } from './module.ts'
import { OK } from './result-codes.ts'
import { tableKey, type TableKey } from './statement-access.ts'
import { BLOB, FLOAT, INTEGER, TEXT } from './value-types.ts'

const INSERT = 18
const DELETE = 9
/** Rows of one statement that are told of. With more of them, it is not known which they are. */
const MOST_ROWS = 1000

/** Stands for the rowid among the places of columns. */
export const ROWID = -1

/** What is told of each row that is about to change, whatever changes it: a statement, a trigger, a cascade. */
export interface RowListener {
  /** The places of the columns that are to be told; undefined for a table of which no rows are. */
  columnsOf(table: TableKey): readonly number[] | undefined
  /** `net` is -1 for a row as it was, 1 for one as it is. Undefined values could not be read. */
  note(table: TableKey, values: readonly SqlValue[] | undefined, net: number): void
}

/** SQLite's preupdate hook, reading old and new values of rows. */
export class RowHook {
  readonly #exports: WasmExports
  readonly #heap: Heap
  readonly #database: Pointer
  readonly #listener: RowListener
  /** Where SQLite puts the address of a value. */
  readonly #output: Pointer
  #callback: Pointer = 0
  /** How many rows it was called for. */
  #count = 0
  #isStopped = false
  /** The names of a table lie where they are for as long as a statement runs. */
  #names: { readonly schema: Pointer; readonly table: Pointer; readonly key: TableKey } | undefined

  constructor(exports: WasmExports, heap: Heap, database: Pointer, listener: RowListener) {
    this.#exports = exports
    this.#heap = heap
    this.#database = database
    this.#listener = listener
    this.#output = exports.sqlite3_malloc(8)
  }

  /** How many rows changed since the statement began; undefined where they were too many. */
  get count(): number | undefined {
    return this.#isStopped ? undefined : this.#count
  }

  /** `callback` is the one of here, as SQLite can call it. */
  install(callback: Pointer): void {
    this.#callback = callback
    this.#set(callback)
  }

  /** Another statement begins. */
  reset(): void {
    if (this.#isStopped) this.#set(this.#callback)
    this.#isStopped = false
    this.#count = 0
    this.#names = undefined
  }

  free(): void {
    this.#exports.sqlite3_free(this.#output)
  }

  /** The callback for sqlite3_preupdate_hook, of the signature `v(ppippjj)`. */
  readonly callback = (
    _context: Pointer,
    _database: Pointer,
    operation: number,
    schema: Pointer,
    table: Pointer,
    oldRowid: bigint,
    newRowid: bigint,
  ): void => {
    this.#count += 1
    if (this.#count > MOST_ROWS) {
      // Not called, it costs nothing, whichever table the statement writes to.
      this.#set(0)
      this.#isStopped = true
      return
    }
    const key = this.#keyOf(schema, table)
    const columns = this.#listener.columnsOf(key)
    if (columns === undefined) return
    if (operation !== INSERT)
      this.#listener.note(key, this.#read('sqlite3_preupdate_old', columns, oldRowid), -1)
    if (operation !== DELETE)
      this.#listener.note(key, this.#read('sqlite3_preupdate_new', columns, newRowid), 1)
  }

  #set(callback: Pointer): void {
    this.#exports.sqlite3_preupdate_hook(this.#database, callback, 0)
  }

  #keyOf(schema: Pointer, table: Pointer): TableKey {
    if (this.#names?.schema === schema && this.#names.table === table) return this.#names.key
    const key = tableKey(this.#heap.readCString(schema), this.#heap.readCString(table))
    this.#names = { schema, table, key }
    return key
  }

  #read(
    read: 'sqlite3_preupdate_old' | 'sqlite3_preupdate_new',
    columns: readonly number[],
    rowid: bigint,
  ): readonly SqlValue[] | undefined {
    if (this.#output === 0) return undefined
    const values: SqlValue[] = []
    for (const column of columns) {
      if (column === ROWID) {
        values.push(asNumber(rowid))
        continue
      }
      if (this.#exports[read](this.#database, column, this.#output) !== OK) return undefined
      values.push(this.#valueAt(this.#heap.readPointer(this.#output)))
    }
    return values
  }

  #valueAt(value: Pointer): SqlValue {
    const exports = this.#exports
    switch (exports.sqlite3_value_type(value)) {
      case INTEGER: {
        const number = exports.sqlite3_value_double(value)
        return Number.isSafeInteger(number) ? number : exports.sqlite3_value_int64(value)
      }
      case FLOAT:
        return exports.sqlite3_value_double(value)
      case TEXT: {
        const text = exports.sqlite3_value_text(value)
        return this.#heap.readText(text, exports.sqlite3_value_bytes(value))
      }
      case BLOB: {
        const blob = exports.sqlite3_value_blob(value)
        return this.#heap.readBytes(blob, exports.sqlite3_value_bytes(value))
      }
      default:
        return null
    }
  }
}

/** As columns are read: exact integers as numbers, others as they are. */
function asNumber(integer: bigint): number | bigint {
  const number = Number(integer)
  return Number.isSafeInteger(number) ? number : integer
}
