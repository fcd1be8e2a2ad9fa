import { DataSyncError } from '../../errors.ts'

/** Milliseconds after which storage that has not answered is taken for unusable. */
const PATIENCE = 4000
const PROBE_SIZE = 4096
const PROBE_OFFSET = 8192

/**
 * Tries whether this worker can keep files in the origin private file system: writes one, reads it
 * back and removes it. A method that is there proves nothing: private windows, old browsers and full
 * disks fail only when it is used.
 *
 * @throws DataSyncError `storage-unavailable`, with the reason and the cause
 */
export async function testOpfs(): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE} ms`)), PATIENCE)
  })
  try {
    await Promise.race([probe(), timeout])
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new DataSyncError('storage-unavailable', `The storage failed its test: ${reason}`, {}, cause)
  } finally {
    clearTimeout(timer)
  }
}

async function probe(): Promise<void> {
  const root = await navigator.storage.getDirectory()
  const name = `datasync-probe-${crypto.randomUUID()}`
  const file = await root.getFileHandle(name, { create: true })
  try {
    const handle = await file.createSyncAccessHandle()
    try {
      writeAndReadBack(handle)
    } finally {
      handle.close()
    }
  } finally {
    await root.removeEntry(name)
  }
}

function writeAndReadBack(handle: FileSystemSyncAccessHandle): void {
  const written = crypto.getRandomValues(new Uint8Array(PROBE_SIZE))
  const count = handle.write(written, { at: PROBE_OFFSET })
  handle.flush()
  const read = new Uint8Array(PROBE_SIZE)
  handle.read(read, { at: PROBE_OFFSET })
  const size = handle.getSize()
  if (count !== PROBE_SIZE || size !== PROBE_OFFSET + PROBE_SIZE) {
    throw new Error(`a file of ${String(size)} bytes came of writing ${String(count)}`)
  }
  if (read.some((byte, index) => byte !== written[index]))
    throw new Error('other bytes came back than were written')
}
