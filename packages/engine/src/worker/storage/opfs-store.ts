import type { BlockStore, DatabaseFiles, FileRole } from './block-store.ts'
import { databaseFolder } from './database-folder.ts'
import { hasErrorName } from './error-name.ts'
import { OpfsFile } from './opfs-file.ts'
import { retryWhileHeld } from './retry-while-held.ts'
import { testOpfs } from './test-opfs.ts'

const ROOT = 'datasync'
const MAIN = 'database.sqlite3'
const WAL = 'database.sqlite3-wal'
const JOURNAL = 'database.sqlite3-journal'
const INCOMING = 'incoming.sqlite3'

/** The same files, with what only the store does to them. */
type OpfsFiles = { readonly [Role in FileRole]: OpfsFile }

/**
 * Databases in the origin private file system: for each a folder of plain SQLite files, held open by
 * synchronous access handles, which keeps every other worker out. Needs a dedicated worker.
 */
export class OpfsStore implements BlockStore {
  readonly kind = 'opfs'
  readonly durable = true
  readonly #databases = new Map<string, Promise<OpfsFiles>>()

  /**
   * @throws DataSyncError `invalid-name`, `database-in-use`, `quota-exceeded` or `storage-unavailable`
   */
  async open(database: string): Promise<DatabaseFiles> {
    const present = this.#databases.get(database)
    if (present !== undefined) return present
    const opening = openFiles(database)
    this.#databases.set(database, opening)
    try {
      return await opening
    } catch (error) {
      if (this.#databases.get(database) === opening) this.#databases.delete(database)
      throw error
    }
  }

  async close(database: string): Promise<void> {
    const opening = this.#databases.get(database)
    this.#databases.delete(database)
    // What failed to open was told to the caller of `open`, and holds nothing.
    const files = await opening?.catch(() => undefined)
    if (files !== undefined) closeAll(files)
  }

  /**
   * @throws DataSyncError `database-in-use` (then nothing was removed) or `storage-unavailable`
   */
  async delete(database: string): Promise<void> {
    await this.close(database)
    const folder = await databaseFolder(database)
    await retryWhileHeld(database, async () => {
      const root = await navigator.storage.getDirectory()
      const parent = await root.getDirectoryHandle(ROOT, { create: true })
      const directory = await existing(parent, folder)
      if (directory === undefined) return
      // Removing a folder takes several steps. Emptied first, the database is gone as of one of them, and
      // while another tab holds it none is taken.
      await empty(directory)
      await parent.removeEntry(folder, { recursive: true })
    })
  }
}

async function openFiles(database: string): Promise<OpfsFiles> {
  const folder = await databaseFolder(database)
  return retryWhileHeld(database, async () => {
    const root = await navigator.storage.getDirectory()
    const parent = await root.getDirectoryHandle(ROOT, { create: true })
    let directory = await existing(parent, folder)
    if (directory === undefined) {
      // What this storage cannot keep is better refused now than lost later.
      await testOpfs()
      directory = await parent.getDirectoryHandle(folder, { create: true })
    }
    // Whoever holds the main file owns the folder, so it is opened first and closed last.
    const main = await openFile(directory, MAIN)
    return openOthers(directory, main)
  })
}

async function openOthers(directory: FileSystemDirectoryHandle, main: OpfsFile): Promise<OpfsFiles> {
  const opening = [
    openFile(directory, WAL),
    openFile(directory, JOURNAL),
    openFile(directory, INCOMING),
  ] as const
  try {
    const [wal, journal, incoming] = await Promise.all(opening)
    incoming.truncate(0)
    return { main, wal, journal, incoming }
  } catch (error) {
    for (const result of await Promise.allSettled(opening)) {
      if (result.status === 'fulfilled') result.value.close()
    }
    main.close()
    throw error
  }
}

async function empty(directory: FileSystemDirectoryHandle): Promise<void> {
  const main = await openFile(directory, MAIN)
  try {
    main.truncate(0)
    main.sync()
  } finally {
    main.close()
  }
}

async function openFile(directory: FileSystemDirectoryHandle, name: string): Promise<OpfsFile> {
  const file = await directory.getFileHandle(name, { create: true })
  return new OpfsFile(await file.createSyncAccessHandle())
}

async function existing(
  parent: FileSystemDirectoryHandle,
  name: string,
): Promise<FileSystemDirectoryHandle | undefined> {
  try {
    return await parent.getDirectoryHandle(name)
  } catch (error) {
    if (hasErrorName(error, 'NotFoundError')) return undefined
    throw error
  }
}

function closeAll({ main, wal, journal, incoming }: OpfsFiles): void {
  for (const file of [wal, journal, incoming, main]) file.close()
}
