import type { SqlValue } from '../../values.ts'
import type { Pointer, WasmExports } from './module.ts'
import { DataSyncError } from '../../errors.ts'
import { waitFor, type Task } from '../task.ts'
import { Authorizer } from './authorizer.ts'
import { backUp } from './back-up.ts'
import { columnCollation } from './column-collation.ts'
import { Heap } from './heap.ts'
import { isOnlyComments } from './only-comments.ts'
import { openDatabaseFile, type DatabaseFile } from './open-database-file.ts'
import { readAll } from './read-all.ts'
import { AUTH, CANTOPEN, FULL, IOERR, OK } from './result-codes.ts'
import { RowHook, type RowListener } from './row-hook.ts'
import { rowLoop } from './row-loop.ts'
import { lastError } from './last-error.ts'
import { Statement, type StatementHost } from './statement.ts'
import { StatementAccess } from './statement-access.ts'
import { StatementCache } from './statement-cache.ts'
import { WasmCallbacks } from './wasm-callbacks.ts'

/** The statement will be kept and used many times (SQLITE_PREPARE_PERSISTENT). */
const PERSISTENT = 1
/** Operations of SQLite's virtual machine between two looks at the clock: about every 50 µs. */
const OPERATIONS_PER_CHECK = 4000
/** Result codes behind which there may be an error of the storage. */
const STORAGE_CODES: ReadonlySet<number> = new Set([IOERR, FULL, CANTOPEN])

export interface ConnectionOptions extends DatabaseFile {
  /** How many prepared statements to keep. */
  readonly cachedStatements: number
  /** Asked every some thousand operations; ends the running statement by answering true. */
  readonly shouldStop: () => boolean
}

/** One connection to the database: prepares statements, and knows what each of them touches. */
export class Connection {
  readonly authorizer: Authorizer
  /**
   * Whether SQLite has rolled back, and not committed after that, since this was last set to false. A
   * statement that is prepared anew as it runs rolls back first.
   */
  rolledBack = false
  readonly pointer: Pointer
  readonly #options: ConnectionOptions
  readonly #exports: WasmExports
  readonly #heap: Heap
  readonly #cache: StatementCache
  readonly #host: StatementHost
  readonly #callbacks: WasmCallbacks
  #rowHook: RowHook | undefined

  static *open(options: ConnectionOptions): Task<Connection> {
    const heap = new Heap(options.module)
    return new Connection(options, heap, yield* openDatabaseFile(options, heap))
  }

  private constructor(options: ConnectionOptions, heap: Heap, pointer: Pointer) {
    this.#options = options
    this.pointer = pointer
    this.#exports = options.module.wasm.exports
    this.#heap = heap
    this.#callbacks = new WasmCallbacks(options.module)
    this.#cache = new StatementCache(options.cachedStatements)
    this.authorizer = new Authorizer(this.#heap)
    this.#host = {
      exports: this.#exports,
      heap: this.#heap,
      rowLoop: options.module.rowLoop ?? rowLoop(this.#exports),
      fail: (code, sql) => this.#fail(code, sql),
      collect: (access) => this.authorizer.collect(access),
    }
    this.#installCallbacks()
  }

  /** The statement of this text, prepared now or before. Give it back by `release`. */
  *prepare(sql: string): Task<Statement> {
    const prepared = this.takePrepared(sql)
    if (prepared !== undefined) return prepared
    yield* this.#finalizeDropped()
    const statement = yield* this.#prepareSingle(sql)
    statement.inUse = true
    this.#cache.add(sql, statement)
    return statement
  }

  /** The same, if it was prepared before and nobody uses it. */
  takePrepared(sql: string): Statement | undefined {
    const cached = this.#cache.get(sql)
    if (cached === undefined || cached.inUse) return undefined
    cached.inUse = true
    return cached
  }

  /** Ends the use of a statement that `prepare` gave; gives a promise if that has to be waited for. */
  release(statement: Statement): Promise<unknown> | undefined {
    statement.inUse = false
    const pending = statement.reset()
    if (!statement.cached) this.#cache.drop(statement)
    return pending
  }

  /**
   * Prepares the statements of a script one after the other, and each once `run` is done with those before it,
   * which is told at which byte each ends.
   */
  *forEachStatement(script: string, run: (statement: Statement, end: number) => Task<void>): Task<void> {
    const { pointer: text, length } = this.#heap.allocateText(script)
    try {
      for (let start = text; start < text + length;) {
        const { statement, end } = yield* this.#prepareAt(start, text + length, 0, { sql: script, text })
        if (statement !== undefined) {
          try {
            yield* run(statement, end - text)
          } finally {
            yield* statement.finalize()
          }
        } else if (end === start) return
        start = end
      }
    } finally {
      this.#exports.sqlite3_free(text)
    }
  }

  /** Runs statements of the engine's own, which may do what a user's may not. */
  *trust<Result>(task: Task<Result>): Task<Result> {
    this.authorizer.trusted = true
    try {
      return yield* task
    } finally {
      this.authorizer.trusted = false
    }
  }

  /** Runs one trusted statement to its end; returns its rows. */
  command(sql: string, parameters?: readonly SqlValue[]): Task<readonly (readonly SqlValue[])[]> {
    return this.trust(this.#read(sql, parameters))
  }

  /** The same for one that is not worth keeping. */
  ask(sql: string): Task<readonly (readonly SqlValue[])[]> {
    return this.trust(this.#readOnce(sql))
  }

  /**
   * Sees what has become of the schema. SQLite looks as it reads a table, so that a statement which
   * reads none, as an explanation or a view of constants, would go on as it was prepared.
   */
  *readSchema(): Task<void> {
    this.forgetStatements()
    yield* this.command('select 1 from sqlite_schema limit 1')
  }

  /** Has every statement prepared anew, those in use once they are released. */
  forgetStatements(): void {
    this.#cache.clear()
  }

  /** Whether no transaction is open on this connection. */
  get autocommit(): boolean {
    return this.#exports.sqlite3_get_autocommit(this.pointer) !== 0
  }

  /** Rows changed by the last statement, triggers and cascades left out. */
  get changes(): number {
    return Number(this.#exports.sqlite3_changes64(this.pointer))
  }

  /** Rows changed since the connection was opened, whatever changed them. */
  get totalChanges(): bigint {
    return this.#exports.sqlite3_total_changes64(this.pointer)
  }

  get lastInsertRowid(): number | bigint {
    const rowid = this.#exports.sqlite3_last_insert_rowid(this.pointer)
    return Number.isSafeInteger(Number(rowid)) ? Number(rowid) : rowid
  }

  /** The collation by which a column is compared if nothing else is said. */
  collationOf(schema: string, table: string, column: string): string {
    return columnCollation(this.#exports, this.#heap, this.pointer, [schema, table, column])
  }

  /** Tells of each row that changes on this connection from now on. */
  hookRows(listener: RowListener): RowHook {
    const hook = new RowHook(this.#exports, this.#heap, this.pointer, listener)
    this.#rowHook = hook
    hook.install(this.#callbacks.install('v(ppippjj)', hook.callback))
    return hook
  }

  /** Replaces the whole content by that of another database, in one transaction. */
  *copyFrom(source: Connection): Task<void> {
    const code = yield* backUp(this.#exports, this.#heap, source.pointer, this.pointer)
    if (code !== OK) this.#fail(code, '')
  }

  *close(): Task<void> {
    this.#cache.clear()
    yield* this.#finalizeDropped()
    yield* waitFor(this.#exports.sqlite3_close_v2(this.pointer))
    this.#rowHook?.free()
    this.#heap.free()
    this.#callbacks.uninstall()
  }

  *#read(sql: string, parameters?: readonly SqlValue[]): Task<readonly (readonly SqlValue[])[]> {
    const statement = yield* this.prepare(sql)
    try {
      return yield* readAll(statement, parameters)
    } finally {
      const pending = this.release(statement)
      if (pending !== undefined) yield pending
    }
  }

  *#readOnce(sql: string): Task<readonly (readonly SqlValue[])[]> {
    const { statement } = yield* this.#prepareText(sql, 0)
    if (statement === undefined) return []
    try {
      return yield* readAll(statement)
    } finally {
      yield* statement.finalize()
    }
  }

  #installCallbacks(): void {
    const authorize = this.#callbacks.install('i(pipppp)', this.authorizer.callback)
    this.#exports.sqlite3_set_authorizer(this.pointer, authorize, 0)
    const noteRollback = this.#callbacks.install('v(p)', () => void (this.rolledBack = true))
    this.#exports.sqlite3_rollback_hook(this.pointer, noteRollback, 0)
    const noteCommit = this.#callbacks.install('i(p)', () => {
      this.rolledBack = false
      return 0
    })
    this.#exports.sqlite3_commit_hook(this.pointer, noteCommit, 0)
    // The engine's own statements keep the account of what a user's did: stopped, they would lose it.
    const checkProgress = this.#callbacks.install('i(p)', () =>
      !this.authorizer.trusted && this.#options.shouldStop() ? 1 : 0,
    )
    this.#exports.sqlite3_progress_handler(this.pointer, OPERATIONS_PER_CHECK, checkProgress, 0)
  }

  *#finalizeDropped(): Task<void> {
    for (const statement of this.#cache.takeDropped()) yield* statement.finalize()
  }

  *#prepareSingle(sql: string): Task<Statement> {
    const { statement, tail } = yield* this.#prepareText(sql, PERSISTENT)
    if (statement === undefined) throw new DataSyncError('sql', 'The statement is empty.', { sql })
    const rest = tail.trim()
    if (rest === '' || isOnlyComments(rest)) return statement
    yield* statement.finalize()
    throw new DataSyncError('sql', 'More than one statement was given; run a script with exec().', { sql })
  }

  *#prepareText(sql: string, flags: number): Task<{ statement: Statement | undefined; tail: string }> {
    const { pointer: text, length } = this.#heap.writeScratchText(sql)
    const { statement, end } = yield* this.#prepareAt(text, text + length, flags, { sql, text })
    return { statement, tail: this.#heap.readText(end, text + length - end) }
  }

  /** Prepares the first statement between two places of a text; tells where it ends. */
  *#prepareAt(
    start: Pointer,
    limit: Pointer,
    flags: number,
    whole: { readonly sql: string; readonly text: Pointer },
  ): Task<{ readonly statement: Statement | undefined; readonly end: Pointer }> {
    const access = new StatementAccess()
    this.authorizer.collect(access)
    const outputs = this.#exports.sqlite3_malloc(16)
    try {
      const size = limit - start + 1
      const code = yield* waitFor(
        this.#exports.sqlite3_prepare_v3(this.pointer, start, size, flags, outputs, outputs + 8),
      )
      if (code !== OK) this.#fail(code, whole.sql, start - whole.text)
      const end = this.#heap.readPointer(outputs + 8)
      const pointer = this.#heap.readPointer(outputs)
      if (pointer === 0) return { statement: undefined, end }
      const sql = this.#heap.readPart({ ...whole, limit }, start, end)
      return { statement: new Statement(this.#host, sql, pointer, access), end }
    } finally {
      this.#exports.sqlite3_free(outputs)
    }
  }

  /** `skipped` bytes of the SQL come before what SQLite was given of it. */
  #fail(code: number, sql: string, skipped = 0): never {
    const { refusal } = this.authorizer
    this.authorizer.refusal = undefined
    if (refusal !== undefined && (code & 0xff) === AUTH) {
      throw new DataSyncError(refusal.code, refusal.message, { sql, resultCode: code })
    }
    const storageError = STORAGE_CODES.has(code & 0xff) ? this.#options.storageError() : undefined
    throw storageError ?? lastError(this.#exports, this.#heap, this.pointer, { code, sql, skipped })
  }
}
