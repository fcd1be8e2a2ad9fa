import type { ByteStream } from '../row-stream.ts'
import type { Exclusively } from '../turn-queue.ts'
import type { Task } from '../task.ts'
import type { BlockFile, BlockStore, DatabaseFiles } from './block-store.ts'
import { DataSyncError } from '../../errors.ts'

/** Bytes of the copy that may wait in memory to be stored. */
const BATCH = 4 * 1024 * 1024

/** Where a database is to be copied from: the bytes of one snapshot. */
export interface CopySource {
  readonly open: () => Task<ByteStream>
  readonly exclusively: Exclusively
}

/**
 * Fills a database of a store with the bytes of another, reads them back from what is then stored, and
 * compares. The store must not have the database open, nor anything of it.
 *
 * @throws DataSyncError `corrupt` if other bytes come back, or what the storage throws; what was copied is
 *   then removed, if it can be
 */
export async function copyDatabase(source: CopySource, store: BlockStore, name: string): Promise<void> {
  try {
    await withFiles(store, name, (files) => copyInto(source, files))
    await withFiles(store, name, ({ main }) => compareWith(source, main))
  } catch (error) {
    // What is left of it nobody takes for the database, and the next copy removes it.
    await store.delete(name).catch(() => undefined)
    throw error
  }
}

async function withFiles(
  store: BlockStore,
  name: string,
  use: (files: DatabaseFiles) => Promise<void>,
): Promise<void> {
  try {
    await use(await store.open(name))
  } finally {
    await store.close(name)
  }
}

async function copyInto(source: CopySource, files: DatabaseFiles): Promise<void> {
  let unstored = 0
  await readAll(source, async (bytes, offset) => {
    files.main.write(bytes, offset)
    unstored += bytes.length
    if (unstored < BATCH) return
    unstored = 0
    await files.flush?.()
  })
  await files.flush?.()
  await files.main.sync()
}

async function compareWith(source: CopySource, copy: BlockFile): Promise<void> {
  let size = 0
  await readAll(source, async (bytes, offset) => {
    const copied = new Uint8Array(bytes.length)
    await copy.load?.(offset, copied.length)
    const count = copy.read(copied, offset)
    if (count !== bytes.length || copied.some((byte, index) => byte !== bytes[index])) throw damaged()
    size += count
  })
  if (copy.size() !== size) throw damaged()
}

async function readAll(
  { open, exclusively }: CopySource,
  take: (bytes: Uint8Array, offset: number) => Promise<void>,
): Promise<void> {
  const stream = await exclusively(open)
  try {
    for (let offset = 0, isDone = false; !isDone;) {
      const { bytes, done } = await exclusively(() => stream.next())
      await take(bytes, offset)
      offset += bytes.length
      isDone = done
    }
  } finally {
    await exclusively(() => stream.close())
  }
}

function damaged(): DataSyncError {
  return new DataSyncError('corrupt', 'The copy of the database does not hold what was copied.')
}
