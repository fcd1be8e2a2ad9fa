import type { SqlParameters, SqlParameter, SqlValue } from '../../values.ts'
import type { Heap } from './heap.ts'
import type { Pointer, WasmExports } from './module.ts'
import type { RowLoop } from './row-loop.ts'
import type { StatementAccess } from './statement-access.ts'
import { DataSyncError } from '../../errors.ts'
import { waitFor, type Task } from '../task.ts'
import { nameTable } from './name-table.ts'
import { DONE, OK, ROW } from './result-codes.ts'
import { BLOB, FLOAT, INTEGER, TEXT } from './value-types.ts'

/** SQLite copies what is bound with it (SQLITE_TRANSIENT), so that the scratch area can be used again. */
const TRANSIENT = -1
/** The counter of automatic re-preparations (SQLITE_STMTSTATUS_REPREPARE). */
const REPREPARED = 5

/** What a statement needs of the connection that it was prepared on. */
export interface StatementHost {
  readonly exports: WasmExports
  readonly heap: Heap
  readonly rowLoop: RowLoop
  /** Raises the connection's last error as a typed one. */
  fail(resultCode: number, sql: string): never
  /** The authorizer adds to this set while the statement runs, which is when SQLite re-prepares it. */
  collect(access: StatementAccess): void
}

/** A prepared statement: bind, run through the rows, read columns, reset. */
export class Statement {
  readonly sql: string
  readonly pointer: Pointer
  readonly access: StatementAccess
  /** Whether it leaves the database as it is. */
  readonly readonly: boolean
  /** Whether it has to run on the connection that writes, though it may leave the file as it is. */
  readonly needsWriter: boolean
  /** The name of the pragma that it is. */
  readonly pragma: string | undefined
  /** Whether it is BEGIN, COMMIT, ROLLBACK or a savepoint. */
  readonly controlsTransaction: boolean
  /** Whether it tells how it would run, instead of running. */
  readonly isExplain: boolean
  /** Whether it stands in a connection's cache, which then is who finalizes it. */
  cached = false
  /** From its preparation to its release, when nobody else may use it. */
  inUse = false
  readonly #host: StatementHost
  readonly #parameterCount: number
  #parameterNames: readonly string[] | undefined
  #columnNames: readonly string[] | undefined
  #repreparations = 0

  constructor(host: StatementHost, sql: string, pointer: Pointer, access: StatementAccess) {
    this.#host = host
    this.sql = sql
    this.pointer = pointer
    this.access = access
    this.readonly = host.exports.sqlite3_stmt_readonly(pointer) !== 0
    this.isExplain = host.exports.sqlite3_stmt_isexplain(pointer) !== 0
    // Taken now: as they run, VACUUM begins a transaction and a table-valued pragma sets an argument,
    // each by a statement of its own, which the authorizer sees as part of this one.
    this.needsWriter = !this.readonly || access.schemaChange || access.setsPragma
    this.controlsTransaction = access.transactionControl
    this.pragma = access.pragma
    this.#parameterCount = host.exports.sqlite3_bind_parameter_count(pointer)
  }

  bind(parameters: SqlParameters): void {
    if (Array.isArray(parameters)) {
      this.#expectCount(parameters.length)
      for (let i = 0; i < parameters.length; i++) this.#bindValue(i + 1, parameters[i] as SqlParameter)
      return
    }
    const named = parameters as Readonly<Record<string, SqlParameter>>
    const names = (this.#parameterNames ??= this.#readParameterNames())
    for (let i = 0; i < names.length; i++) {
      const name = names[i] ?? ''
      if (!Object.hasOwn(named, name)) {
        throw new DataSyncError('invalid-parameter', `The parameter ${name || i + 1} has no value.`, {
          sql: this.sql,
        })
      }
      this.#bindValue(i + 1, named[name] as SqlParameter)
    }
  }

  /**
   * Goes from row to row and calls `onRow` on each, until that answers false. Returns true when there
   * are no more rows. `onRow` may read columns, and nothing else of SQLite.
   */
  *rows(onRow: () => boolean): Task<boolean> {
    const pending = this.start(onRow)
    return this.finish(typeof pending === 'number' ? pending : ((yield pending) as number))
  }

  /** What `rows` does, up to the waiting: the code for `finish`, now or later. */
  start(onRow: () => boolean = everyRow): number | Promise<number> {
    this.#host.collect(this.access)
    return this.#host.rowLoop(this.pointer, onRow)
  }

  /** What `rows` does after the waiting. */
  finish(code: number): boolean {
    if (code === ROW) return false
    if (code === DONE) return true
    try {
      this.#host.fail(code, this.sql)
    } catch (error) {
      throw nameTable(error, this.access)
    }
  }

  /** Runs to the end without looking at the rows. */
  drain(): Task<boolean> {
    return this.rows(everyRow)
  }

  /** Makes it ready to be bound and run again. Gives a promise if it has to be waited for. */
  reset(): Promise<unknown> | undefined {
    const pending = this.#host.exports.sqlite3_reset(this.pointer)
    return typeof pending === 'number' ? undefined : pending
  }

  /** Whether it has a result, be it empty. */
  get hasColumns(): boolean {
    return this.#host.exports.sqlite3_column_count(this.pointer) > 0
  }

  /** The names of the result's columns. Ask after the first step: a change of the schema can alter them. */
  columnNames(): readonly string[] {
    const { exports, heap } = this.#host
    const repreparations = exports.sqlite3_stmt_status(this.pointer, REPREPARED, 0)
    if (this.#columnNames === undefined || repreparations !== this.#repreparations) {
      this.#repreparations = repreparations
      this.#columnNames = Array.from({ length: exports.sqlite3_column_count(this.pointer) }, (_, column) =>
        heap.readCString(exports.sqlite3_column_name(this.pointer, column)),
      )
    }
    return this.#columnNames
  }

  /** Appends the current row, each value to the end of its column. */
  readRow(columns: readonly SqlValue[][]): void {
    const { exports, heap } = this.#host
    const { pointer } = this
    for (let c = 0; c < columns.length; c++) {
      const column = columns[c] as SqlValue[]
      switch (exports.sqlite3_column_type(pointer, c)) {
        case INTEGER: {
          // As a double it is exact below 2^53 and needs no bigint.
          const value = exports.sqlite3_column_double(pointer, c)
          column.push(Number.isSafeInteger(value) ? value : exports.sqlite3_column_int64(pointer, c))
          break
        }
        case FLOAT:
          column.push(exports.sqlite3_column_double(pointer, c))
          break
        case TEXT: {
          const text = exports.sqlite3_column_text(pointer, c)
          column.push(heap.readText(text, exports.sqlite3_column_bytes(pointer, c)))
          break
        }
        case BLOB: {
          const blob = exports.sqlite3_column_blob(pointer, c)
          column.push(heap.readBytes(blob, exports.sqlite3_column_bytes(pointer, c)))
          break
        }
        default:
          column.push(null)
      }
    }
  }

  /** The table column that a result column shows, where it shows one unaltered. */
  columnOrigin(column: number): { schema: string; table: string; column: string } | undefined {
    const { exports, heap } = this.#host
    const origin = exports.sqlite3_column_origin_name(this.pointer, column)
    if (origin === 0) return undefined
    return {
      schema: heap.readCString(exports.sqlite3_column_database_name(this.pointer, column)),
      table: heap.readCString(exports.sqlite3_column_table_name(this.pointer, column)),
      column: heap.readCString(origin),
    }
  }

  *finalize(): Task<void> {
    yield* waitFor(this.#host.exports.sqlite3_finalize(this.pointer))
  }

  #expectCount(given: number): void {
    if (given === this.#parameterCount) return
    throw new DataSyncError(
      'invalid-parameter',
      `The statement has ${this.#parameterCount} parameters and was given ${given}.`,
      { sql: this.sql },
    )
  }

  #readParameterNames(): readonly string[] {
    const { exports, heap } = this.#host
    return Array.from({ length: this.#parameterCount }, (_, index) => {
      const name = exports.sqlite3_bind_parameter_name(this.pointer, index + 1)
      // Without its prefix: ":id", "@id" and "$id" are all given as `id`, and "?2" as `2`.
      return name === 0 ? '' : heap.readCString(name).slice(1)
    })
  }

  #bindValue(index: number, value: SqlParameter): void {
    const code = this.#bindOne(index, value)
    if (code !== OK) this.#host.fail(code, this.sql)
  }

  #bindOne(index: number, value: SqlParameter): number {
    const { exports, heap } = this.#host
    switch (typeof value) {
      case 'number':
        if (Object.is(value | 0, value)) return exports.sqlite3_bind_int(this.pointer, index, value)
        return Number.isSafeInteger(value) && !Object.is(value, -0)
          ? exports.sqlite3_bind_int64(this.pointer, index, BigInt(value))
          : exports.sqlite3_bind_double(this.pointer, index, value)
      case 'string': {
        const { pointer, length } = heap.writeScratchText(value)
        return exports.sqlite3_bind_text(this.pointer, index, pointer, length, TRANSIENT)
      }
      case 'boolean':
        return exports.sqlite3_bind_int(this.pointer, index, value ? 1 : 0)
      case 'bigint':
        return exports.sqlite3_bind_int64(this.pointer, index, value)
      default: {
        if (value === null) return exports.sqlite3_bind_null(this.pointer, index)
        const blob = heap.writeScratchBytes(value)
        return exports.sqlite3_bind_blob(this.pointer, index, blob, value.length, TRANSIENT)
      }
    }
  }
}

function everyRow(): boolean {
  return true
}
