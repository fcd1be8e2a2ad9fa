import { DataSyncError } from '@datasync/engine'
import { blobPieces } from '../blob-pieces.ts'
import { fileState } from '../file-state.ts'
import type { OldDatabase, OldFile, OldFiles } from '../old-database.ts'
import { withMutationLock } from './mutation-lock.ts'

/** Enough for the header. */
const HEAD = 100
const SUFFIXES = ['', '-journal', '-wal', '-shm']

/** A database of sqlocal: plain SQLite files, at the path that it was given. */
export function sqlocalDatabase(path: string): OldDatabase {
  const names = path.split(/[\\/]/).filter((name) => name !== '')
  const name = names.pop()
  if (name === undefined) throw new DataSyncError('invalid-argument', 'sqlocal has no file without a name.')
  const label = `database "${path}" of sqlocal`
  return {
    id: `sqlocal ${JSON.stringify([...names, name].join('/'))}`,
    label,

    open: (access, use) =>
      withMutationLock(path, label, access, async () => use(await openFiles(await findFolder(names), name))),

    remove: () => {
      const access = { timeout: 10_000, signal: undefined }
      return withMutationLock(path, label, access, async () => removeFiles(await findFolder(names), name))
    },
  }
}

async function openFiles(
  folder: FileSystemDirectoryHandle | undefined,
  name: string,
): Promise<OldFiles | undefined> {
  const read = (suffix: string): Promise<File | undefined> => findFile(folder, name + suffix)
  const [main, journal, wal] = await Promise.all([read(''), read('-journal'), read('-wal')])
  if (main === undefined) return undefined
  return {
    main: oldFile(main),
    journal: journal && oldFile(journal),
    wal: wal && oldFile(wal),
    state: async () => {
      const [now, ...beside] = await Promise.all([read(''), read('-journal'), read('-wal')])
      const head = new Uint8Array((await now?.slice(0, HEAD).arrayBuffer()) ?? new ArrayBuffer(0))
      return fileState(
        head,
        [now, ...beside].map((file) => file?.size ?? 0),
      )
    },
  }
}

/** The database goes first: a journal without one is nothing, and without its journal it may be torn. */
async function removeFiles(folder: FileSystemDirectoryHandle | undefined, name: string): Promise<boolean> {
  try {
    for (const suffix of SUFFIXES) await ignoreMissing(folder?.removeEntry(name + suffix))
    return true
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NoModificationAllowedError') return false
    throw error
  }
}

async function findFolder(names: readonly string[]): Promise<FileSystemDirectoryHandle | undefined> {
  let folder: FileSystemDirectoryHandle | undefined = await navigator.storage.getDirectory()
  for (const name of names) folder = await ignoreMissing(folder?.getDirectoryHandle(name))
  return folder
}

/** Undefined as well if it is empty, as SQLite leaves a journal that is over. */
async function findFile(
  folder: FileSystemDirectoryHandle | undefined,
  name: string,
): Promise<File | undefined> {
  const handle = await ignoreMissing(folder?.getFileHandle(name))
  const file = await handle?.getFile()
  return file !== undefined && file.size > 0 ? file : undefined
}

async function ignoreMissing<Result>(asked: Promise<Result> | undefined): Promise<Result | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') return undefined
    throw error
  }
}

function oldFile(file: File): OldFile {
  return { size: file.size, read: () => blobPieces(file) }
}
