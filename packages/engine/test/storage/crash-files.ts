import type { BlockFile, DatabaseFiles } from '../../src/worker/storage/block-store.ts'
import { MemoryFile } from '../../src/worker/storage/memory-file.ts'

type Change = { readonly offset: number; readonly bytes: Uint8Array } | { readonly size: number }

/** Below this many bytes a disk writes all or nothing. */
const SECTOR = 512

/** A file that knows what of it would survive a loss of power: surely what was synced, perhaps the rest. */
class CrashFile implements BlockFile {
  readonly #now = new MemoryFile()
  readonly #onCall: () => void
  #synced = new MemoryFile()
  #unsynced: Change[] = []

  constructor(onCall: () => void) {
    this.#onCall = onCall
  }

  read(into: Uint8Array, offset: number): number {
    return this.#now.read(into, offset)
  }

  write(from: Uint8Array, offset: number): void {
    this.#onCall()
    this.#unsynced.push({ offset, bytes: from.slice() })
    this.#now.write(from, offset)
  }

  truncate(size: number): void {
    this.#onCall()
    this.#unsynced.push({ size })
    this.#now.truncate(size)
  }

  size(): number {
    return this.#now.size()
  }

  sync(): void {
    this.#onCall()
    for (const change of this.#unsynced) apply(this.#synced, change)
    this.#unsynced = []
  }

  /** The file after a loss of power that `random` (0 to 1) decides about; 0 loses all, 1 nothing. */
  survivor(random: () => number): MemoryFile {
    const file = new MemoryFile()
    const bytes = new Uint8Array(this.#synced.size())
    this.#synced.read(bytes, 0)
    file.write(bytes, 0)
    for (const change of this.#unsynced) {
      const luck = random()
      if (luck >= 0.6) apply(file, change)
      else if (luck >= 0.3 && 'bytes' in change) tear(file, change, random)
    }
    return file
  }
}

/** The files of a database, and the one that a store keeps beside them. */
export interface FilesWithWitness extends DatabaseFiles {
  readonly witness: BlockFile
}

/** The files of a database whose power can be cut at any call. */
export class CrashFiles {
  readonly files: FilesWithWitness
  readonly #all: readonly CrashFile[]

  /** `onCall` runs before each call that changes or syncs a file. */
  constructor(onCall: () => void) {
    const [main, wal, journal] = [new CrashFile(onCall), new CrashFile(onCall), new CrashFile(onCall)]
    const witness = new CrashFile(onCall)
    this.#all = [main, wal, journal, witness]
    this.files = { main, wal, journal, incoming: new MemoryFile(), witness }
  }

  survivors(random: () => number): FilesWithWitness {
    const [main, wal, journal, witness] = this.#all.map((file) => file.survivor(random))
    if (!main || !wal || !journal || !witness) throw new Error('a file is missing')
    return { main, wal, journal, incoming: new MemoryFile(), witness }
  }
}

function apply(file: MemoryFile, change: Change): void {
  if ('size' in change) file.truncate(change.size)
  else file.write(change.bytes, change.offset)
}

/** Writes some of the sectors that a change covers. */
function tear(
  file: MemoryFile,
  { offset, bytes }: { readonly offset: number; readonly bytes: Uint8Array },
  random: () => number,
): void {
  let start = 0
  while (start < bytes.length) {
    const end = Math.min(bytes.length, start + SECTOR - ((offset + start) % SECTOR))
    if (random() < 0.5) file.write(bytes.subarray(start, end), offset + start)
    start = end
  }
}
