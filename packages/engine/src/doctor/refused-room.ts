/** Bytes beside those that are used: what is asked for is a ninth of these, within limits. */
const LEAST = 8 * 2 ** 20
const MOST = 64 * 2 ** 20

/**
 * How many bytes the browser refuses beside those that are used; undefined if it refuses none. Browsers tell of more room
 * than there is, so as not to give away how large the disk is. Nothing is written: a file claims its size, and is given up.
 */
export async function findRefusedRoom(usage: number): Promise<number | undefined> {
  const wanted = Math.min(Math.max(Math.round(usage / 9), LEAST), MOST)
  const name = `datasync-doctor-${Math.random()}`
  const root = await navigator.storage.getDirectory()
  try {
    const file = await root.getFileHandle(name, { create: true })
    return (await isRefused(file, wanted)) ? wanted : undefined
  } finally {
    await root.removeEntry(name)
  }
}

async function isRefused(file: FileSystemFileHandle, bytes: number): Promise<boolean> {
  const writable = await file.createWritable()
  try {
    await writable.truncate(bytes)
    return false
  } catch (error) {
    return error instanceof Error && error.name === 'QuotaExceededError'
  } finally {
    // Where it was refused, there is nothing left to be given up.
    await writable.abort().catch(() => undefined)
  }
}
