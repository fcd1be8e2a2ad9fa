import { hasErrorName } from '../error-name.ts'
import { hasSyncAccessHandles } from '../opfs-access.ts'
import type { Checksums } from './checksum.ts'
import type { Witness, WitnessKeeper } from './witness.ts'
import { openSealed, sealText } from './sealed-text.ts'

const FOLDER = 'datasync-witness'
/** Bytes of each of the two places that are written in turn, so that one of them is always whole. */
const SLOT = 256

/** A witness in a file. */
export interface CommitWitness extends WitnessKeeper {
  /** The database is deleted: it is not to be missed. */
  forget(): Promise<void>
}

/**
 * Opens the witness of a database as a file of the origin private file system; undefined where there is
 * none to be had.
 */
export async function openCommitWitness(
  folder: string,
  checksums: Checksums,
): Promise<CommitWitness | undefined> {
  const handle = await openHandle(folder)
  if (handle === undefined) return undefined
  return {
    read() {
      const [first, second] = [0, 1].map((slot) => readSlot(handle, slot, checksums))
      if (first === undefined || second === undefined) return first ?? second
      return first.commit > second.commit ? first : second
    },
    write(witness) {
      const bytes = new Uint8Array(SLOT)
      new TextEncoder().encodeInto(JSON.stringify(sealText(witness, checksums)), bytes)
      try {
        handle.write(bytes, { at: (witness.commit % 2) * SLOT })
      } catch {
        // Without room for it the witness stays an older one, which still knows that there is a database.
      }
    },
    async forget() {
      handle.truncate(0)
      handle.close()
      const root = await navigator.storage.getDirectory()
      const directory = await root.getDirectoryHandle(FOLDER)
      await directory.removeEntry(folder)
    },
    close() {
      handle.close()
    },
  }
}

/** Whether there is a witness of a database in a file. */
export async function isWitnessed(folder: string): Promise<boolean> {
  try {
    const root = await navigator.storage.getDirectory()
    const directory = await root.getDirectoryHandle(FOLDER)
    const handle = await directory.getFileHandle(folder)
    return (await handle.getFile()).size > 0
  } catch {
    // It was never written, or nobody can have any.
    return false
  }
}

async function openHandle(folder: string): Promise<FileSystemSyncAccessHandle | undefined> {
  if (!hasSyncAccessHandles()) return undefined
  try {
    const root = await navigator.storage.getDirectory()
    const directory = await root.getDirectoryHandle(FOLDER, { create: true })
    const file = await directory.getFileHandle(folder, { create: true })
    return await openWhenFree(file)
  } catch {
    // Private windows, and storage that is broken: then there is no witness, as before the first commit.
    return undefined
  }
}

/** A worker that has just ended may hold it for a moment. */
async function openWhenFree(file: FileSystemFileHandle): Promise<FileSystemSyncAccessHandle> {
  for (let pause = 10; ; pause *= 2) {
    try {
      return await file.createSyncAccessHandle()
    } catch (error) {
      if (!hasErrorName(error, 'NoModificationAllowedError') || pause > 2000) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
}

function readSlot(
  handle: FileSystemSyncAccessHandle,
  slot: number,
  checksums: Checksums,
): Witness | undefined {
  const bytes = new Uint8Array(SLOT)
  handle.read(bytes, { at: slot * SLOT })
  try {
    const text = new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)))
    return openSealed(JSON.parse(text), checksums) as Witness | undefined
  } catch {
    return undefined
  }
}
