import type { BlockStore, DatabaseFiles } from './block-store.ts'
import { databaseFolder } from './database-folder.ts'
import { endOfCommit } from './end-of-commit.ts'
import { GatheredFile } from './gathered-file.ts'
import { guardFiles } from './guard-files.ts'
import { OpenDatabases } from './open-databases.ts'
import { MAIN_FILE, OPFS_MARKS, OPFS_ROOT, unlessMissing } from './opfs-home.ts'
import { OpfsFile } from './opfs-file.ts'
import { SUM_SIZE } from './page-sum.ts'
import { ReadAheadFile } from './read-ahead-file.ts'
import { retryWhileHeld } from './retry-while-held.ts'
import { testOpfs } from './test-opfs.ts'
import { verifyFiles } from './verify-files.ts'

const WAL = 'database.sqlite3-wal'
const JOURNAL = 'database.sqlite3-journal'
const INCOMING = 'incoming.sqlite3'
const WITNESS = 'witness'

export interface OpfsOptions {
  /** Whether what is synced is read back. */
  readonly verifies?: boolean
}

/** The files of a database as SQLite sees them, and how to let go of them. */
interface OpfsFiles {
  readonly guarded: DatabaseFiles
  close(): void
}

/**
 * Databases in the origin private file system: for each a folder of plain SQLite files, held open by
 * synchronous access handles, which keeps every other worker out. Needs a dedicated worker.
 */
export class OpfsStore implements BlockStore {
  readonly kind = 'opfs'
  readonly durable = true
  readonly reservedBytes: number = SUM_SIZE
  readonly #databases: OpenDatabases<OpfsFiles>

  constructor({ verifies = false }: OpfsOptions = {}) {
    this.#databases = new OpenDatabases((database) => openFiles(database, verifies))
  }

  /**
   * @throws DataSyncError `invalid-name`, `database-in-use`, `quota-exceeded`, `storage-unavailable`, or
   * `corrupt` if something that was flushed is missing
   */
  async open(database: string): Promise<DatabaseFiles> {
    return (await this.#databases.open(database)).guarded
  }

  async close(database: string): Promise<void> {
    const files = await this.#databases.take(database)
    files?.close()
  }

  /**
   * @throws DataSyncError `database-in-use` (then nothing was removed) or `storage-unavailable`
   */
  async delete(database: string): Promise<void> {
    await this.close(database)
    const folder = await databaseFolder(database)
    await retryWhileHeld(database, async () => {
      const root = await navigator.storage.getDirectory()
      const parent = await root.getDirectoryHandle(OPFS_ROOT, { create: true })
      const directory = await unlessMissing(parent.getDirectoryHandle(folder))
      if (directory === undefined) return
      // Removing a folder takes several steps. Emptied first, the database is gone as of one of them, and
      // while another tab holds it none is taken.
      await empty(directory)
      await removeFiles(directory)
      await parent.removeEntry(folder, { recursive: true })
    })
  }
}

async function openFiles(database: string, verifies: boolean): Promise<OpfsFiles> {
  const folder = await databaseFolder(database)
  return retryWhileHeld(database, async () => {
    const root = await navigator.storage.getDirectory()
    const parent = await root.getDirectoryHandle(OPFS_ROOT, { create: true })
    let directory = await unlessMissing(parent.getDirectoryHandle(folder))
    if (directory === undefined) {
      // What this storage cannot keep is better refused now than lost later.
      await testOpfs()
      directory = await parent.getDirectoryHandle(folder, { create: true })
    }
    // Whoever holds the main file owns the folder, so it is opened first and closed last.
    const main = await openFile(directory, MAIN_FILE)
    return openOthers(directory, main, { database, verifies })
  })
}

async function openOthers(
  directory: FileSystemDirectoryHandle,
  main: OpfsFile,
  { database, verifies }: { readonly database: string; readonly verifies: boolean },
): Promise<OpfsFiles> {
  const opening = [
    openFile(directory, WAL),
    openFile(directory, JOURNAL),
    openFile(directory, INCOMING),
    openFile(directory, WITNESS),
  ] as const
  try {
    const [wal, journal, incoming, witness] = await Promise.all(opening)
    const files = {
      main: new ReadAheadFile(new GatheredFile(main)),
      // With the end of a transaction, it is safe from the end of this worker, synced or not.
      wal: new GatheredFile(wal, endOfCommit()),
      journal,
      incoming,
    }
    const stored = verifies ? await verifyFiles(files) : files
    const guarded = guardFiles(stored, witness, JSON.stringify(database))
    incoming.truncate(0)
    const close = (): void => {
      for (const file of [wal, journal, incoming, witness, main]) file.close()
    }
    return { guarded, close }
  } catch (error) {
    for (const result of await Promise.allSettled(opening)) {
      if (result.status === 'fulfilled') result.value.close()
    }
    main.close()
    throw error
  }
}

async function empty(directory: FileSystemDirectoryHandle): Promise<void> {
  // One that is not there is not to be made anew: only with it is a folder without a mark a database.
  const handle = await unlessMissing(directory.getFileHandle(MAIN_FILE))
  if (handle === undefined) return
  const main = new OpfsFile(await handle.createSyncAccessHandle())
  try {
    // First, since it would miss what goes next.
    makeEmpty(await openFile(directory, WITNESS))
  } catch (error) {
    main.close()
    throw error
  }
  makeEmpty(main)
}

function makeEmpty(file: OpfsFile): void {
  try {
    file.truncate(0)
    file.sync()
  } finally {
    file.close()
  }
}

/** Marks go last: without its mark, a file that was moved elsewhere would be the database again. */
async function removeFiles(directory: FileSystemDirectoryHandle): Promise<void> {
  const names: string[] = []
  for await (const name of directory.keys()) names.push(name)
  const isMark = (name: string): boolean => OPFS_MARKS.some((mark) => mark === name)
  const remove = (name: string): Promise<void> => directory.removeEntry(name, { recursive: true })
  await Promise.all(names.filter((name) => !isMark(name)).map(remove))
  await Promise.all(names.filter(isMark).map(remove))
}

async function openFile(directory: FileSystemDirectoryHandle, name: string): Promise<OpfsFile> {
  const file = await directory.getFileHandle(name, { create: true })
  return new OpfsFile(await file.createSyncAccessHandle())
}
