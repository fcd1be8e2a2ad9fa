import type { OpenRequest } from '../link/protocol.ts'
import type { BlockStore, FileMetrics } from './storage/block-store.ts'
import type { Vfs } from './storage/vfs.ts'
import type { SqliteModule } from './sqlite/module.ts'
import type { Connection } from './sqlite/connection.ts'
import type { StopClock } from './stop-clock.ts'
import type { Exclusively } from './turn-queue.ts'
import type { Task } from './task.ts'
import { DataSyncError } from '../errors.ts'
import { databaseFolder } from './storage/database-folder.ts'
import { settleIn } from './storage/database-home.ts'
import { mount, unmount } from './mounting.ts'
import { DurableLogs } from './durable-logs.ts'
import { acquireDatabaseLock, type DatabaseLock } from './database-lock.ts'
import { Catalog } from './reactive/catalog.ts'
import { attachTo, enableLog, openConnection, openWriter, OTHER_STATEMENTS } from './open-connection.ts'
import { quote } from './sqlite/quote.ts'
import { ReaderPool } from './reader-pool.ts'
import { type ByteStream, streamOfPages } from './row-stream.ts'
import { Writer } from './writer.ts'

/** Live queries of one page keep their statements prepared, up to this many. */
const LIVE_STATEMENTS = 2048

/** Memory belongs to its worker anyway. */
const UNLOCKED: DatabaseLock = { share: () => undefined, release: () => undefined }

/** What a database is opened with. */
export interface DatabaseSource {
  readonly module: SqliteModule
  readonly vfs: Vfs
  readonly store: BlockStore
  readonly clock: StopClock
  readonly now: () => number
  readonly exclusively: Exclusively
  readonly options: OpenRequest
}

/** A database that is open beside this one, and the schema that it is here. */
export interface Attached {
  readonly schema: string
  readonly name: string
}

interface Attachment extends Attached {
  readonly path: string
  readonly lock: DatabaseLock
}

/** A database with its files, its writer, its readers and what is attached to it. */
export class OpenDatabase {
  #writer: Writer
  #readers: ReaderPool
  readonly path: string
  readonly logs: DurableLogs
  readonly #source: DatabaseSource
  readonly #attachments = new Map<string, Attachment>()
  #writerOnly: { readonly generation: number; readonly isOpen: boolean; readonly exists: boolean } | undefined
  #live: { readonly connection: Connection; readonly catalog: Catalog } | undefined

  /** Takes the files, then opens the writer; gives back all of it if one step fails. The lock must be held. */
  static async open(source: DatabaseSource): Promise<OpenDatabase> {
    const { options } = source
    try {
      const path = await mount(source, options.name)
      return await source.exclusively(() => OpenDatabase.#start(source, path))
    } catch (error) {
      await unmount(source, options.name)
      throw error
    }
  }

  static *#start(source: DatabaseSource, path: string): Task<OpenDatabase> {
    return new OpenDatabase(source, path, yield* openWriter(source, path))
  }

  private constructor(source: DatabaseSource, path: string, connection: Connection) {
    this.#source = source
    this.path = path
    this.logs = new DurableLogs(source.vfs, () => this.#paths())
    this.#writer = new Writer(connection, source.now)
    this.#readers = this.#createReaders()
  }

  get writer(): Writer {
    return this.#writer
  }

  get readers(): ReaderPool {
    return this.#readers
  }

  get source(): DatabaseSource {
    return this.#source
  }

  get attached(): readonly Attached[] {
    return [...this.#attachments.values()]
  }

  /** The connection that live queries run on, and the schema as it sees it. */
  *live(): Task<{ readonly connection: Connection; readonly catalog: Catalog }> {
    if (this.#live === undefined) {
      const connection = yield* this.#openReader(LIVE_STATEMENTS)
      this.#live = { connection, catalog: new Catalog(connection) }
    }
    return this.#live
  }

  /** The schema changed, or what is attached: what was known of it is asked anew. */
  invalidateCatalogs(): void {
    this.#live?.catalog.invalidate()
  }

  /**
   * Whether there is something that only the writer can see: temporary tables, attached memory. All
   * reads then go to the writer, as the same name may mean something else there.
   */
  *hasWriterOnlySchemas(): Task<boolean> {
    const { generation } = this.writer.catalog
    const isOpen = !this.writer.connection.autocommit
    const known = this.#writerOnly
    if (known?.generation !== generation || (known.isOpen && !isOpen)) {
      const [[temporary, attached] = [0, 0]] = yield* this.writer.connection.command(
        'select (select count(*) from sqlite_temp_schema), (select count(*) from pragma_database_list where seq > 1)',
      )
      const exists = Number(temporary) > 0 || Number(attached) > this.#attachments.size
      // What an open transaction has dropped is still there for everybody else.
      this.#writerOnly = { generation, isOpen, exists: exists || (isOpen && known?.exists === true) }
    }
    return this.#writerOnly?.exists === true
  }

  *userVersion(): Task<number> {
    const [[version] = []] = yield* this.writer.connection.command('pragma user_version')
    return Number(version)
  }

  /** The bytes of the whole database as of now, whatever is written meanwhile. */
  *openPages(): Task<ByteStream> {
    const { readers } = this
    const connection = yield* readers.holdSnapshot()
    return yield* streamOfPages(connection, () => readers.releaseHeld(connection))
  }

  async attach(name: string, schema: string): Promise<void> {
    const { store } = this.#source
    const path = await databaseFolder(name)
    if (this.#paths().includes(path)) {
      throw new DataSyncError('database-in-use', `The database "${name}" is already open here.`)
    }
    const lock = store.kind === 'memory' ? UNLOCKED : await acquireDatabaseLock(name, 'hurry', 'occupied')
    try {
      await settleIn(store.kind, name)
      await mount(this.#source, name)
      await this.#source.exclusively(() => this.#attachToWriter({ schema, name, path, lock }))
    } catch (error) {
      await unmount(this.#source, name)
      lock.release()
      throw error
    }
  }

  /** The promise settles when the files were let go of. */
  *detach(schema: string): Task<Promise<void>> {
    const attachment = [...this.#attachments.values()].find(
      (attached) => attached.schema.toLowerCase() === schema.toLowerCase(),
    )
    if (attachment !== undefined && this.readers.isHeld) {
      throw new DataSyncError('busy', `"${schema}" may be in use by a stream or a read-only transaction.`)
    }
    yield* this.writer.connection.command(`detach ${quote(schema)}`)
    if (attachment !== undefined) {
      this.#attachments.delete(attachment.schema)
      this.writer.connection.authorizer.ownedSchemas.delete(attachment.schema)
    }
    yield* this.#forgetSchemas()
    return attachment === undefined ? Promise.resolve() : this.#letGo(attachment)
  }

  /** Not within a turn: a reader that is in use is given back in one. */
  async #letGo({ name, lock }: Attachment): Promise<void> {
    await this.readers.whenRecycled()
    await unmount(this.#source, name)
    lock.release()
  }

  *#attachToWriter(attachment: Attachment): Task<Promise<void>> {
    const { path, schema } = attachment
    const { connection } = this.writer
    yield* attachTo(connection, path, schema)
    this.#attachments.set(schema, attachment)
    connection.authorizer.ownedSchemas.add(schema)
    yield* this.#forgetSchemas()
    try {
      yield* enableLog(this.#source, connection, schema)
      return Promise.resolve()
    } catch (error) {
      const detached = yield* this.detach(schema)
      return detached.then(() => Promise.reject(error))
    }
  }

  /** Of the database itself, and not of what is attached. */
  get metrics(): FileMetrics | undefined {
    return this.#source.vfs.metrics(this.path)
  }

  /** Whether what was committed and could not be flushed can be given up. */
  get canRevert(): boolean {
    return this.losesUnflushed && !this.logs.isPartlyStored
  }

  /** Whether what was not flushed is gone once the database is closed. */
  get losesUnflushed(): boolean {
    return this.#paths().some((path) => this.#source.vfs.canRevert(path))
  }

  /** Gives up what was committed since the last flush. Nothing may be under way. */
  *revert(): Task<void> {
    yield* this.#closeConnections()
    for (const path of this.#paths()) this.#source.vfs.revert(path)
    const connection = yield* openWriter(this.#source, this.path)
    for (const { path, schema } of this.#attachments.values()) {
      yield* attachTo(connection, path, schema)
      connection.authorizer.ownedSchemas.add(schema)
      yield* enableLog(this.#source, connection, schema)
    }
    this.#writer = new Writer(connection, this.#source.now)
    this.#readers = this.#createReaders()
    this.#writerOnly = undefined
  }

  /** What was committed must be durable. */
  *checkpoint(): Task<void> {
    yield* this.writer.connection.command('pragma wal_checkpoint(passive)')
  }

  /** Closes the connections; the promise settles when the files were let go of. */
  *close(): Task<Promise<void>> {
    yield* this.#closeConnections()
    return this.#letGoOfAll()
  }

  *#closeConnections(): Task<void> {
    if (this.#live !== undefined) yield* this.#live.connection.close()
    this.#live = undefined
    yield* this.readers.close()
    yield* this.writer.connection.close()
  }

  #createReaders(): ReaderPool {
    return new ReaderPool(
      () => this.#openReader(OTHER_STATEMENTS),
      () => this.writer.schemaVersion,
    )
  }

  async #letGoOfAll(): Promise<void> {
    for (const { name, lock } of this.#attachments.values()) {
      await unmount(this.#source, name)
      lock.release()
    }
    await unmount(this.#source, this.#source.options.name)
  }

  #paths(): readonly string[] {
    return [this.path, ...[...this.#attachments.values()].map(({ path }) => path)]
  }

  *#openReader(cachedStatements: number): Task<Connection> {
    const connection = yield* openConnection(this.#source, cachedStatements, this.path)
    try {
      yield* connection.command(`pragma cache_size = -${Math.ceil(this.#source.options.cacheSize / 4)}`)
      for (const { path, schema } of this.#attachments.values()) yield* attachTo(connection, path, schema)
      yield* connection.command('pragma foreign_keys = on')
      yield* connection.command('pragma query_only = on')
      return connection
    } catch (error) {
      yield* connection.close()
      throw error
    }
  }

  /** What is attached has changed: for the readers, who attach it as they open, and for live queries. */
  *#forgetSchemas(): Task<void> {
    this.writer.noteEverything()
    const live = this.#live
    this.#live = undefined
    yield* this.readers.recycle()
    if (live !== undefined) yield* live.connection.close()
  }
}
