import type { DamageCalls } from './damage-calls.ts'
import type { DoctorReport } from './doctor/report.ts'
import type { PageOptions } from './live/page-options.ts'
import type { ObserveOptions, PagesObserver, QueryObserver, Readable } from './live/snapshot.ts'
import type { ImportOptions, ImportReport, ImportSource } from './database/import-database.ts'
import type { SyncListener } from './database/sync-feed.ts'
import type { StorageMetrics } from './link/sync-protocol.ts'
import type { ChangeOptions, DatabaseStatus, LiveQueryReport } from './database-reports.ts'
import type { ChangeSet } from './link/live-protocol.ts'
import type { ExecuteResult, RunResult } from './statement-result.ts'
import type { StatementInput } from './statement-input.ts'
import type { SqlParameters, SqlRow } from './values.ts'

export interface CallOptions {
  readonly signal?: AbortSignal
  /** Milliseconds of execution after which the statement is ended with the code `timeout`. */
  readonly timeout?: number
}

export interface PreparedStatement<Row = SqlRow> extends Disposable {
  all(parameters?: SqlParameters, options?: CallOptions): Promise<readonly Row[]>
  get(parameters?: SqlParameters, options?: CallOptions): Promise<Row | undefined>
  run(parameters?: SqlParameters, options?: CallOptions): Promise<RunResult>
  /** Later calls are rejected with the code `closed`. */
  finalize(): void
}

/**
 * What can be asked of a database and of a transaction alike. Parameters are given with text; a
 * statement that carries its own takes no others. What goes wrong is a rejection with a
 * `DataSyncError`, and leaves the next call as good as ever.
 */
export interface Executor {
  /**
   * All rows of a statement.
   *
   * @example
   * const open = await db.query<Todo>('select * from todo where done = ? order by due', [false])
   */
  query<Row = SqlRow>(
    statement: StatementInput<Row>,
    parameters?: SqlParameters,
    options?: CallOptions,
  ): Promise<readonly Row[]>
  /**
   * The first row of a statement, or `undefined`.
   *
   * @example
   * const todo = await db.get<Todo>('select * from todo where id = :id', { id })
   */
  get<Row = SqlRow>(
    statement: StatementInput<Row>,
    parameters?: SqlParameters,
    options?: CallOptions,
  ): Promise<Row | undefined>
  /**
   * Runs a statement that writes. Every live query of this page shows the write when this resolves.
   *
   * @example
   * const { lastInsertRowid } = await db.run(sql`insert into todo (title) values (${title})`)
   */
  run(statement: StatementInput, parameters?: SqlParameters, options?: CallOptions): Promise<RunResult>
  /**
   * Runs a script of any number of statements, without parameters.
   *
   * @example
   * await db.exec('create table list (name text); create index by_name on list (name)')
   */
  exec(script: string, options?: CallOptions): Promise<void>
  /**
   * The whole result of a statement.
   *
   * @example
   * const { columns, rows, durationMs } = await db.execute('select * from todo')
   */
  execute(
    statement: StatementInput,
    parameters?: SqlParameters,
    options?: CallOptions,
  ): Promise<ExecuteResult>
  /**
   * Runs all in one transaction (in a transaction: in a savepoint), or none.
   *
   * @example
   * await db.batch(ids.map((id) => sql`delete from todo where id = ${id}`))
   */
  batch(statements: readonly StatementInput[], options?: CallOptions): Promise<readonly ExecuteResult[]>
  /**
   * Rows as they are read, from one snapshot. Leave the loop early and the rest is not read.
   *
   * @example
   * for await (const row of db.stream('select * from measurement')) await writer.write(toLine(row))
   */
  stream<Row = SqlRow>(
    statement: StatementInput<Row>,
    parameters?: SqlParameters,
    options?: CallOptions,
  ): AsyncIterableIterator<Row>
}

export interface TransactionOptions {
  readonly signal?: AbortSignal
  /** Milliseconds from the start of the transaction after which it is undone. 5,000 unless told. */
  readonly timeout?: number
  /** `immediate` unless told. */
  readonly mode?: 'deferred' | 'immediate' | 'exclusive'
  /** Read one snapshot while others write. Never waits for a writer. */
  readonly readonly?: boolean
  /**
   * Whether the callback is run again where the tab that hosted the database went away before the commit, and
   * the transaction with it. Else it is rejected with `host-changed`.
   */
  readonly retry?: boolean
}

export interface Transaction extends Executor {
  /** A nested transaction, by a savepoint: undone alone if `callback` throws. */
  transaction<T>(callback: (tx: Transaction) => Promise<T>): Promise<T>
}

/** A transaction that the caller ends; left by `await using` without a commit, it is undone. */
export interface ExplicitTransaction extends Transaction, AsyncDisposable {
  commit(): Promise<void>
  rollback(): Promise<void>
}

export interface Database extends Executor, DamageCalls, AsyncDisposable {
  readonly name: string
  /** Resolves when the database is open and migrated; opens it if nothing has yet. */
  readonly ready: Promise<void>
  readonly status: Readable<DatabaseStatus>
  /** All live queries and how often, how long and why they ran. */
  readonly liveQueries: Readable<readonly LiveQueryReport[]>
  /**
   * A statement to be run many times.
   *
   * @example
   * using insert = db.prepare('insert into todo (title) values (?)')
   * await Promise.all(titles.map((title) => insert.run([title])))
   */
  prepare<Row = SqlRow>(sql: string): PreparedStatement<Row>
  /**
   * Runs a callback in a transaction: committed when it fulfils, undone when it rejects, which the
   * caller is told. Inside call the methods of `tx`: a call of the database would wait for the
   * transaction, and is rejected with `transaction-misuse` wherever that can be told.
   *
   * @example
   * await db.transaction(async (tx) => {
   *   await tx.run('update account set balance = balance - ? where id = ?', [sum, from])
   *   await tx.run('update account set balance = balance + ? where id = ?', [sum, to])
   * })
   */
  transaction<T>(callback: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>
  /**
   * A transaction that the caller ends: for code, such as a driver of an ORM, that has no callback.
   *
   * @example
   * await using tx = await db.begin({ timeout: 1000 })
   * await tx.run('delete from todo where done')
   * await tx.commit()
   */
  begin(options?: TransactionOptions): Promise<ExplicitTransaction>
  /**
   * Opens another database of this origin beside this one, as schema `as` (its name unless told).
   * Waits for the writer: aborted before its turn, it does nothing and is rejected with `aborted`.
   *
   * @example
   * await db.attach('archive', { as: 'old', signal: AbortSignal.timeout(1000) })
   */
  attach(name: string, options?: { readonly as?: string; readonly signal?: AbortSignal }): Promise<void>
  /**
   * Closes a database that was attached. Aborted before its turn at the writer, it stays attached.
   *
   * @example
   * await db.attach('archive', { as: 'old' })
   * await db.run('insert into old.todo select * from main.todo where done')
   * await db.detach('old')
   */
  detach(schema: string, options?: { readonly signal?: AbortSignal }): Promise<void>
  /**
   * The live query of this statement: looked up or made, and not run before it is subscribed to or
   * loaded. The same for everyone who asks the same. A statement that cannot be asked at all is an
   * observer of that error.
   *
   * @example
   * const todos = db.observe<Todo>('select * from todo')
   * const stop = todos.subscribe(() => draw(todos.getSnapshot().data ?? []))
   */
  observe<Row = SqlRow>(
    statement: StatementInput<Row>,
    parameters?: SqlParameters,
    options?: ObserveOptions,
  ): QueryObserver<Row>
  /**
   * The live query of this statement, of which the first page is shown, and further ones as they are loaded. They begin
   * with a row and not at a number, so that rows which are written above do not shift them; those that are not
   * shown cost nothing. `explain()` tells where that is not possible, and why (`shifts`). Shared by all that ask for the
   * same in pages of the same size, who show the same pages. Options that are none make it an observer of the error
   * `invalid-argument`.
   *
   * @example
   * const log = db.observePages<Entry>('select * from entry order by at desc', [], { pageSize: 50, maxPages: 4 })
   * const stop = log.subscribe(() => draw(log.getSnapshot().data ?? []))
   * const scrolledDown = () => void log.loadNext()
   */
  observePages<Row = SqlRow>(
    statement: StatementInput<Row>,
    parameters: SqlParameters | undefined,
    options: PageOptions,
  ): PagesObserver<Row>
  /**
   * Calls back after each commit, once per delivery, when live queries show it.
   *
   * @example
   * const stop = db.onChange(({ changes }) => sync.schedule(changes), { tables: ['todo'] })
   */
  onChange(listener: (changes: ChangeSet) => void, options?: ChangeOptions): () => void
  /**
   * Moves the database to another store of this browser: copied, read back and compared, while others read
   * and writes wait. What was in the old store is kept until a later session has opened it in the new one. From
   * then on, `storage: 'auto'` finds it where it is.
   *
   * @throws DataSyncError `storage-unavailable`, `quota-exceeded` or `corrupt`; then it is where it was
   *
   * @example
   * if (db.status.getSnapshot().storage?.backend === 'indexeddb') await db.moveTo('opfs')
   */
  moveTo(storage: 'opfs' | 'indexeddb'): Promise<void>
  /**
   * Calls back where a newer version of the app was opened in another tab, with more migrations or another
   * protocol. This tab finishes what is under way and then lets go of the database (`outdated`): ask the user
   * to load the page anew, or do so.
   *
   * @example
   * db.onOutdated(() => location.reload())
   */
  onOutdated(listener: () => void): () => void
  /**
   * Calls back for each sync, which makes commits durable, as it begins and ends.
   *
   * @example
   * const stop = db.onSync((event) => {
   *   if (event.type === 'syncfailure') showUnsaved(event.error.remedy)
   *   if (event.type === 'syncsuccess') hideUnsaved()
   * })
   */
  onSync(listener: SyncListener): () => void
  /**
   * Resolves when all that was committed by now is durable, as it always is under `strict`; rejected with
   * why it cannot be, such as `quota-exceeded`.
   *
   * @example
   * await db.drain()
   * location.reload()
   */
  drain(): Promise<void>
  /**
   * What the storage has done since it was opened: syncs, what they took, the cache. Costs next to nothing.
   *
   * @example
   * const { dirtyBytes, bytesPerSecond, cache } = await db.metrics()
   */
  metrics(): Promise<StorageMetrics>
  /**
   * Opens the database, unless it is, and looks at what it needs: the worker, SQLite's file, the page's headers, the
   * storage, the browser. Each thing that is wrong comes with the remedy. Also of a database that cannot be opened;
   * answers within some 20 seconds, and mostly at once.
   *
   * @throws DataSyncError `closed`, if this handle is; what is wrong with the database is in the report
   *
   * @example
   * const { isHealthy, findings, facts } = await db.doctor()
   * for (const { severity, sentence, remedy } of findings) console.log(severity, sentence, remedy)
   * if (!isHealthy) report(facts)
   */
  doctor(): Promise<DoctorReport>
  /** A copy of the whole database as of now: a plain SQLite file. */
  export(options?: { readonly signal?: AbortSignal }): Promise<Blob>
  /**
   * Replaces the whole content, in one commit, by that of a SQLite file. If that is rejected, with
   * `aborted` or for what is wrong with the file, nothing has changed. An abort is heard until the
   * new content begins to be put in place. A `journal` or `wal` that lay beside the file is applied to it.
   *
   * @example
   * await db.import(file, { signal: controller.signal })
   */
  import(source: ImportSource, options?: ImportOptions): Promise<ImportReport>
  /** Removes the database with all its files and closes every handle of it, also if it cannot be opened. */
  delete(): Promise<void>
  /**
   * Closes this handle. With the last one of the database, what is under way is finished or rejected
   * with `closed`, and the engine ends.
   */
  close(): Promise<void>
}
