import { hasErrorName } from './error-name.ts'

/** The folder that has a folder for each database. */
export const OPFS_ROOT = 'datasync'

/**
 * What the folder of a database is, told by empty files in it, so that a move between stores takes effect
 * in one step, and is undone by a crash before that step:
 *
 * - `copying`: it is being filled from elsewhere, and not to be used yet;
 * - `superseded`: its content has moved to IndexedDB, and is kept until it was opened there;
 * - `supersedes`: the same the other way.
 */
export type OpfsMark = (typeof OPFS_MARKS)[number]

export const OPFS_MARKS = ['copying', 'superseded', 'supersedes'] as const

/** The file of a database, in its folder. */
export const MAIN_FILE = 'database.sqlite3'

/** Whether the database is in its folder, and not only what a move or a deletion has left there. */
export async function isInFiles(folder: string): Promise<boolean> {
  const directory = await findDirectory(folder)
  if (directory === undefined) return false
  const [isThere, isCopying, isSuperseded] = await Promise.all(
    [MAIN_FILE, 'copying', 'superseded'].map((name) => hasFile(directory, name)),
  )
  return isThere === true && !isCopying && !isSuperseded
}

/** Whether there is such a folder, whatever it holds; not where there can be none. */
export async function hasOpfsFolder(folder: string): Promise<boolean> {
  try {
    return (await findDirectory(folder)) !== undefined
  } catch {
    return false
  }
}

export async function hasOpfsMark(folder: string, mark: OpfsMark): Promise<boolean> {
  const directory = await findDirectory(folder)
  return directory !== undefined && hasFile(directory, mark)
}

export async function setOpfsMark(folder: string, mark: OpfsMark): Promise<void> {
  const root = await navigator.storage.getDirectory()
  const parent = await root.getDirectoryHandle(OPFS_ROOT, { create: true })
  const directory = await parent.getDirectoryHandle(folder, { create: true })
  await directory.getFileHandle(mark, { create: true })
}

export async function removeOpfsMark(folder: string, mark: OpfsMark): Promise<void> {
  const directory = await findDirectory(folder)
  if (directory !== undefined && (await hasFile(directory, mark))) await directory.removeEntry(mark)
}

async function hasFile(directory: FileSystemDirectoryHandle, name: string): Promise<boolean> {
  return (await unlessMissing(directory.getFileHandle(name))) !== undefined
}

async function findDirectory(folder: string): Promise<FileSystemDirectoryHandle | undefined> {
  const root = await navigator.storage.getDirectory()
  const parent = await unlessMissing(root.getDirectoryHandle(OPFS_ROOT))
  return parent === undefined ? undefined : unlessMissing(parent.getDirectoryHandle(folder))
}

/** Undefined if there is no such entry. */
export async function unlessMissing<T>(entry: Promise<T>): Promise<T | undefined> {
  try {
    return await entry
  } catch (error) {
    if (hasErrorName(error, 'NotFoundError')) return undefined
    throw error
  }
}
