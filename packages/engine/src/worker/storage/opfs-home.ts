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
export type OpfsMark = 'copying' | 'superseded' | 'supersedes'

/** Whether the database is here; `superseded` if it was. */
export type OpfsHome = 'none' | 'here' | 'superseded'

export async function findOpfsHome(folder: string): Promise<OpfsHome> {
  const directory = await findDirectory(folder)
  if (directory === undefined || (await hasMark(directory, 'copying'))) return 'none'
  return (await hasMark(directory, 'superseded')) ? 'superseded' : 'here'
}

export async function hasOpfsMark(folder: string, mark: OpfsMark): Promise<boolean> {
  const directory = await findDirectory(folder)
  return directory !== undefined && hasMark(directory, mark)
}

export async function setOpfsMark(folder: string, mark: OpfsMark): Promise<void> {
  const root = await navigator.storage.getDirectory()
  const parent = await root.getDirectoryHandle(OPFS_ROOT, { create: true })
  const directory = await parent.getDirectoryHandle(folder, { create: true })
  await directory.getFileHandle(mark, { create: true })
}

export async function removeOpfsMark(folder: string, mark: OpfsMark): Promise<void> {
  const directory = await findDirectory(folder)
  if (directory !== undefined && (await hasMark(directory, mark))) await directory.removeEntry(mark)
}

async function hasMark(directory: FileSystemDirectoryHandle, mark: OpfsMark): Promise<boolean> {
  return (await unlessMissing(directory.getFileHandle(mark))) !== undefined
}

async function findDirectory(folder: string): Promise<FileSystemDirectoryHandle | undefined> {
  const root = await navigator.storage.getDirectory()
  const parent = await unlessMissing(root.getDirectoryHandle(OPFS_ROOT))
  return parent === undefined ? undefined : unlessMissing(parent.getDirectoryHandle(folder))
}

async function unlessMissing<T>(entry: Promise<T>): Promise<T | undefined> {
  try {
    return await entry
  } catch (error) {
    if (hasErrorName(error, 'NotFoundError')) return undefined
    throw error
  }
}
