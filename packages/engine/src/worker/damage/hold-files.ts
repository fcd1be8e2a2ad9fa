import type { DatabaseSource, OpenDatabase } from '../open-database.ts'
import type { DatabaseFiles } from '../storage/block-store.ts'
import { DataSyncError } from '../../errors.ts'
import { mount, unmount } from '../mounting.ts'

/** The files of a database, where SQLite can open them. */
export interface HeldFiles {
  readonly source: DatabaseSource
  readonly path: string
  readonly files: DatabaseFiles
  release(): Promise<void>
}

/** Those of the database that is open, or of one that could not be opened. The engine has the lock. */
export async function holdFiles(
  source: DatabaseSource | undefined,
  open: OpenDatabase | undefined,
): Promise<HeldFiles> {
  if (source === undefined) throw new DataSyncError('closed', 'The database is not open.')
  const { store, options } = source
  if (open !== undefined) {
    return { source, path: open.path, files: await store.open(options.name), release: async () => undefined }
  }
  const release = (): Promise<void> => unmount(source, options.name)
  try {
    const path = await mount(source, options.name)
    return { source, path, files: await store.open(options.name), release }
  } catch (error) {
    await release()
    throw error
  }
}
