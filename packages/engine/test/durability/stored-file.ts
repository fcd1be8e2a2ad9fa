import { databaseFolder } from '../../src/worker/storage/database-folder.ts'

/** The bytes of a file of a database on the origin private file system. */
export async function readStored(database: string, file: string): Promise<Uint8Array<ArrayBuffer>> {
  const handle = await handleOf(database, file)
  return new Uint8Array(await (await handle.getFile()).arrayBuffer())
}

/** Replaces them, once nobody holds the file any more. */
export async function writeStored(
  database: string,
  file: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const handle = await handleOf(database, file)
  for (;;) {
    try {
      const writable = await handle.createWritable()
      await writable.write(bytes)
      await writable.close()
      return
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== 'NoModificationAllowedError') throw error
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function handleOf(database: string, file: string): Promise<FileSystemFileHandle> {
  const root = await navigator.storage.getDirectory()
  const parent = await root.getDirectoryHandle('datasync')
  const folder = await parent.getDirectoryHandle(await databaseFolder(database))
  return folder.getFileHandle(file)
}
