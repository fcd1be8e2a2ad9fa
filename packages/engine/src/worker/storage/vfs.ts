import type { DataSyncError } from '../../errors.ts'
import type { SqliteModule } from '../sqlite/module.ts'
import type { Amount, BlockFile, DatabaseFiles, FileMetrics } from './block-store.ts'
import { InspectedFile } from './inspected-file.ts'
import { ioMethods } from './io-methods.ts'
import { MemoryFile } from './memory-file.ts'
import { registerVfs } from './register-vfs.ts'
import { storageError } from './storage-error.ts'
import { VfsFile } from './vfs-file.ts'
import { vfsMethods } from './vfs-methods.ts'
import { VfsState } from './vfs-state.ts'
import { WalIndex } from './wal-index.ts'

/** The longest path, in bytes of UTF-8, that `mount` takes. */
const MAX_PATH_LENGTH = 1024
/** Room for what is appended to a path: `-incoming-journal`, `-inspected-<number>-journal`. */
const MAX_SUFFIX_LENGTH = 48

/** A mounted database under a second path, at which damage does not end a read. */
export interface InspectedDatabase {
  readonly path: string
  readonly file: InspectedFile
  readonly files: DatabaseFiles
  /** Its connections must have been closed. */
  unmount(): void
}

/**
 * The file system that SQLite sees: the files of the databases that are mounted, and temporary files
 * in memory. Any number of connections of this worker may have a database open, under WAL or not.
 */
export class Vfs {
  /** What to pass to SQLite as the name of the VFS. */
  readonly name: string
  readonly #state: VfsState
  readonly #mounted = new Map<string, DatabaseFiles>()
  #inspections = 0

  constructor(module: SqliteModule, name = 'datasync') {
    this.name = name
    this.#state = new VfsState(module)
    registerVfs(module, {
      name,
      maxPathLength: MAX_PATH_LENGTH + MAX_SUFFIX_LENGTH,
      io: ioMethods(this.#state),
      vfs: (ioMethodsPointer) => vfsMethods(this.#state, ioMethodsPointer),
    })
  }

  /**
   * Lets SQLite open `path`, and the import file as `<path>-incoming`. `path` is at most 1,024 bytes,
   * has no NUL, and does not begin with `file:`, which SQLite would take for a URI.
   */
  mount(path: string, files: DatabaseFiles): void {
    assertPath(path)
    const entries: readonly (readonly [string, BlockFile])[] = [
      [path, files.main],
      [`${path}-wal`, files.wal],
      [`${path}-journal`, files.journal],
      [`${path}-incoming`, files.incoming],
      // An import that is cut short is received again: its journals need not outlive the worker.
      [`${path}-incoming-wal`, new MemoryFile()],
      [`${path}-incoming-journal`, new MemoryFile()],
    ]
    for (const [name] of entries) {
      if (this.#state.files.has(name)) throw new Error(`${name} is mounted already`)
    }
    this.#mounted.set(path, files)
    for (const [name, blocks] of entries) {
      // What a log holds is said by the index of its database.
      const ofDatabase = name === `${path}-wal` ? this.#state.files.get(path)?.walIndex : undefined
      const walIndex = ofDatabase ?? new WalIndex(this.#state.module)
      this.#state.files.set(name, new VfsFile(name, blocks, walIndex))
    }
  }

  /** Lets SQLite open a database that is mounted by a way on which damaged blocks read as zeros. */
  mountInspected(path: string): InspectedDatabase {
    const files = this.#mounted.get(path)
    const main = this.#state.files.get(path)
    if (files === undefined || main === undefined) throw new Error(`${path} is not mounted`)
    const file = new InspectedFile(files.main)
    const inspected = `${path}-inspected-${++this.#inspections}`
    const names = ['-wal', '-journal']
    this.#state.files.set(inspected, main.through(file))
    for (const name of names) {
      const shared = this.#state.files.get(path + name)
      if (shared !== undefined) this.#state.files.set(inspected + name, shared)
    }
    const unmount = (): void => {
      for (const name of ['', ...names]) this.#state.files.delete(inspected + name)
    }
    return { path: inspected, file, files, unmount }
  }

  /** Takes a database out of SQLite's sight. Its connections must have been closed. Idempotent. */
  unmount(path: string): void {
    const names = this.#namesOf(path)
    for (const name of names) {
      if (this.#state.files.get(name)?.openCount) throw new Error(`${name} is still open`)
    }
    for (const name of names) this.#state.files.delete(name)
    this.#mounted.delete(path)
  }

  /**
   * Makes every commit durable that the log of `path` holds. Returns whether there was anything to
   * flush.
   *
   * @throws DataSyncError `io-error` or `quota-exceeded`; the next call tries again.
   */
  syncLog(path: string): boolean | Promise<boolean> {
    const log = this.#log(path)
    const fail = (cause: unknown): never => {
      throw storageError(`sync ${log.name}`, cause)
    }
    const files = this.#mounted.get(path)
    try {
      if (files?.flush !== undefined) return files.flush()?.then(() => true, fail) ?? false
      return log.sync()
    } catch (cause) {
      return fail(cause)
    }
  }

  /** Whether a sync of `path` may have something to do. */
  needsSync(path: string): boolean {
    const files = this.#mounted.get(path)
    if (files?.flush === undefined) return this.#log(path).unsynced
    return files.dirty === undefined || files.dirty().bytes > 0
  }

  /** What a sync of `path` would make durable. */
  dirty(path: string): Amount {
    return this.#mounted.get(path)?.dirty?.() ?? this.#log(path).dirty
  }

  metrics(path: string): FileMetrics | undefined {
    return this.#mounted.get(path)?.metrics?.()
  }

  /** Whether commits of `path` can be given up until they are synced. */
  canRevert(path: string): boolean {
    return this.#mounted.get(path)?.revert !== undefined
  }

  /** Gives up what was committed since the last sync. No connection may have it open. */
  revert(path: string): void {
    this.#mounted.get(path)?.revert?.()
  }

  /** Lets SQLite make a database in memory at `path`, until what is returned is called. */
  mountScratch(path: string): () => void {
    const names = [path, `${path}-journal`]
    for (const name of names) {
      this.#state.files.set(name, new VfsFile(name, new MemoryFile(), new WalIndex(this.#state.module)))
    }
    return () => names.forEach((name) => this.#state.files.delete(name))
  }

  /** The bytes of a file that SQLite can open: a database that is mounted, or what belongs to it. */
  blocksOf(name: string): BlockFile {
    const file = this.#state.files.get(name)
    if (file === undefined) throw new Error(`${name} is not mounted`)
    return file.blocks
  }

  /** Bytes in the write-ahead log of `path`, checkpointed or not. */
  logSize(path: string): number {
    return this.#log(path).blocks.size()
  }

  /**
   * The error behind the last result code that a store's failure caused, and forgets it. SQLite copes
   * with some failures by itself, so ask once before a statement to be sure that a later answer
   * belongs to it.
   */
  takeLastError(): DataSyncError | undefined {
    const error = this.#state.lastError
    this.#state.lastError = undefined
    return error
  }

  #log(path: string): VfsFile {
    const log = this.#state.files.get(`${path}-wal`)
    if (log === undefined) throw new Error(`${path} is not mounted`)
    return log
  }

  #namesOf(path: string): readonly string[] {
    const incoming = `${path}-incoming`
    return [path, `${path}-wal`, `${path}-journal`, incoming, `${incoming}-wal`, `${incoming}-journal`]
  }
}

function assertPath(path: string): void {
  const length = new TextEncoder().encode(path).length
  const valid = length > 0 && length <= MAX_PATH_LENGTH && !path.includes('\0') && !path.startsWith('file:')
  if (!valid || /\p{Surrogate}/u.test(path)) throw new Error(`${JSON.stringify(path)} cannot be mounted`)
}
