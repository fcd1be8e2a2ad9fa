import type { OpenRequest } from '../link/protocol.ts'
import type { BlockStore } from './storage/block-store.ts'
import type { Vfs } from './storage/vfs.ts'
import type { SqliteModule } from './sqlite/module.ts'
import type { StopClock } from './stop-clock.ts'
import { DataSyncError } from '../errors.ts'
import { databaseFolder } from './storage/database-folder.ts'
import { acquireDatabaseLock, type DatabaseLock } from './database-lock.ts'
import { Catalog } from './reactive/catalog.ts'
import { ReaderPool } from './reader-pool.ts'
import { Connection } from './sqlite/connection.ts'
import { Writer } from './writer.ts'

/** The largest log that is left in place once its content is in the database, in bytes. */
const KEPT_LOG = 16 * 1024 * 1024
/** Live queries of one page keep their statements prepared, up to this many. */
const LIVE_STATEMENTS = 2048
const OTHER_STATEMENTS = 64

/** What a database is opened with. */
export interface DatabaseSource {
  readonly module: SqliteModule
  readonly vfs: Vfs
  readonly store: BlockStore
  readonly clock: StopClock
  readonly now: () => number
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
  readonly writer: Writer
  readonly readers: ReaderPool
  readonly path: string
  readonly #source: DatabaseSource
  readonly #lock: DatabaseLock
  readonly #attachments = new Map<string, Attachment>()
  #writerOnly: { readonly generation: number; readonly isOpen: boolean; readonly exists: boolean } | undefined
  #live: { readonly connection: Connection; readonly catalog: Catalog } | undefined

  /** Takes the lock, then the files, then opens the writer; gives back all of it if one step fails. */
  static async open(source: DatabaseSource): Promise<OpenDatabase> {
    const { store, options } = source
    const lock = await acquireDatabaseLock(store, options.name)
    try {
      const path = await mount(source, options.name)
      return new OpenDatabase(source, path, lock)
    } catch (error) {
      await unmount(source, options.name)
      lock.release()
      throw error
    }
  }

  private constructor(source: DatabaseSource, path: string, lock: DatabaseLock) {
    this.#source = source
    this.#lock = lock
    this.path = path
    this.writer = new Writer(this.#openWriter(), source.now)
    this.readers = new ReaderPool(
      () => this.#openReader(OTHER_STATEMENTS),
      () => this.writer.schemaVersion,
    )
  }

  get attached(): readonly Attached[] {
    return [...this.#attachments.values()]
  }

  /** The connection that live queries run on, and the schema as it sees it. */
  get live(): { readonly connection: Connection; readonly catalog: Catalog } {
    if (this.#live === undefined) {
      const connection = this.#openReader(LIVE_STATEMENTS)
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
  get hasWriterOnlySchemas(): boolean {
    const { generation } = this.writer.catalog
    const isOpen = !this.writer.connection.autocommit
    const known = this.#writerOnly
    if (known?.generation !== generation || (known.isOpen && !isOpen)) {
      const [[temporary, attached] = [0, 0]] = this.writer.connection.command(
        'select (select count(*) from sqlite_temp_schema), (select count(*) from pragma_database_list where seq > 1)',
      )
      const exists = Number(temporary) > 0 || Number(attached) > this.#attachments.size
      // What an open transaction has dropped is still there for everybody else.
      this.#writerOnly = { generation, isOpen, exists: exists || (isOpen && known?.exists === true) }
    }
    return this.#writerOnly?.exists === true
  }

  get userVersion(): number {
    return Number(this.writer.connection.command('pragma user_version')[0]?.[0])
  }

  /** The file that an import was received into, as a database of its own. */
  openIncoming(): Connection {
    return this.#openConnection(OTHER_STATEMENTS, `${this.path}-incoming`)
  }

  async attach(name: string, schema: string): Promise<void> {
    const { store } = this.#source
    const path = await databaseFolder(name)
    if (this.#paths().includes(path)) {
      throw new DataSyncError('database-in-use', `The database "${name}" is already open here.`)
    }
    const lock = await acquireDatabaseLock(store, name)
    try {
      await mount(this.#source, name)
      this.#attachTo(this.writer.connection, path, schema)
    } catch (error) {
      await unmount(this.#source, name)
      lock.release()
      throw error
    }
    this.#attachments.set(schema, { schema, name, path, lock })
    this.writer.connection.authorizer.ownedSchemas.add(schema)
    this.#forgetSchemas()
    try {
      this.#enableLog(this.writer.connection, schema)
    } catch (error) {
      await this.detach(schema)
      throw error
    }
  }

  async detach(schema: string): Promise<void> {
    const attachment = [...this.#attachments.values()].find(
      (attached) => attached.schema.toLowerCase() === schema.toLowerCase(),
    )
    if (attachment !== undefined && this.readers.isHeld) {
      throw new DataSyncError('busy', `"${schema}" may be in use by a stream or a read-only transaction.`)
    }
    this.writer.connection.command(`detach ${quote(schema)}`)
    if (attachment !== undefined) {
      this.#attachments.delete(attachment.schema)
      this.writer.connection.authorizer.ownedSchemas.delete(attachment.schema)
    }
    this.#forgetSchemas()
    if (attachment === undefined) return
    await this.readers.whenRecycled()
    await unmount(this.#source, attachment.name)
    attachment.lock.release()
  }

  /** Makes what was committed durable; returns at once if nothing is waiting for it. */
  flushLog(): void {
    for (const path of this.#paths()) this.#source.vfs.syncLog(path)
  }

  /** Bytes in the logs that a checkpoint would take over. */
  get logSize(): number {
    return Math.max(...this.#paths().map((path) => this.#source.vfs.logSize(path)))
  }

  checkpoint(): void {
    this.writer.connection.command('pragma wal_checkpoint(passive)')
  }

  async close(): Promise<void> {
    this.#live?.connection.close()
    this.readers.close()
    this.writer.connection.close()
    for (const { name, lock } of this.#attachments.values()) {
      await unmount(this.#source, name)
      lock.release()
    }
    await unmount(this.#source, this.#source.options.name)
    this.#lock.release()
  }

  #paths(): readonly string[] {
    return [this.path, ...[...this.#attachments.values()].map(({ path }) => path)]
  }

  #openWriter(): Connection {
    const { options } = this.#source
    const connection = this.#openConnection(OTHER_STATEMENTS)
    try {
      connection.authorizer.ownsUserVersion = options.migrated
      connection.command(`pragma cache_size = -${options.cacheSize}`)
      // Both take effect only in a database that has no page yet.
      connection.command('pragma page_size = 4096')
      connection.command(`pragma auto_vacuum = ${options.autoVacuum}`)
      connection.command('pragma foreign_keys = on')
      this.#enableLog(connection, 'main')
      return connection
    } catch (error) {
      connection.close()
      throw error
    }
  }

  #openReader(cachedStatements: number): Connection {
    const connection = this.#openConnection(cachedStatements)
    try {
      connection.command(`pragma cache_size = -${Math.ceil(this.#source.options.cacheSize / 4)}`)
      for (const { path, schema } of this.#attachments.values()) this.#attachTo(connection, path, schema)
      connection.command('pragma foreign_keys = on')
      connection.command('pragma query_only = on')
      return connection
    } catch (error) {
      connection.close()
      throw error
    }
  }

  #openConnection(cachedStatements: number, path: string = this.path): Connection {
    const { module, vfs, clock } = this.#source
    return new Connection({
      module,
      vfs: vfs.name,
      path,
      cachedStatements,
      storageError: () => vfs.takeLastError(),
      shouldStop: clock.shouldStop,
    })
  }

  /**
   * Write-ahead logging with synchronous=NORMAL: a commit does not wait for the disk, since whoever
   * acknowledges commits flushes the log for all of them at once.
   */
  #enableLog(connection: Connection, schema: string): void {
    const name = quote(schema)
    const [[mode] = []] = connection.command(`pragma ${name}.journal_mode = wal`)
    if (mode !== 'wal') throw new DataSyncError('io-error', `The log of "${schema}" could not be opened.`)
    connection.command(`pragma ${name}.synchronous = normal`)
    connection.command(`pragma ${name}.journal_size_limit = ${KEPT_LOG}`)
    connection.command('pragma wal_autocheckpoint = 0')
  }

  #attachTo(connection: Connection, path: string, schema: string): void {
    connection.command(`attach ? as ${quote(schema)}`, [path])
  }

  /** What is attached has changed: for the readers, who attach it as they open, and for live queries. */
  #forgetSchemas(): void {
    this.writer.noteEverything()
    this.readers.recycle()
    this.#live?.connection.close()
    this.#live = undefined
  }
}

async function mount({ store, vfs }: DatabaseSource, name: string): Promise<string> {
  const path = await databaseFolder(name)
  vfs.mount(path, await store.open(name))
  return path
}

async function unmount({ store, vfs }: DatabaseSource, name: string): Promise<void> {
  vfs.unmount(await databaseFolder(name))
  await store.close(name)
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
