import { CANTOPEN, OK } from '../sqlite/result-codes.ts'
import type { Pointer } from '../sqlite/module.ts'
import { IOERR_ACCESS, IOERR_DELETE } from './io-codes.ts'
import { MemoryFile } from './memory-file.ts'
import { OpenFile } from './open-file.ts'
import { VfsFile } from './vfs-file.ts'
import type { VfsState } from './vfs-state.ts'
import { WalIndex } from './wal-index.ts'

const OPEN_DELETEONCLOSE = 0x08
/** Milliseconds from the start of the Julian calendar to that of Unix time. */
const JULIAN_EPOCH = 210_866_760_000_000
const MILLISECONDS_PER_DAY = 86_400_000
/** The most that `getRandomValues` fills at once. */
const RANDOM_LIMIT = 65_536

/** The methods of the VFS itself, by their names in `sqlite3_vfs`. */
export function vfsMethods(
  state: VfsState,
  ioMethodsPointer: Pointer,
): Record<string, (...values: never[]) => number | Promise<number>> {
  return {
    xOpen(_vfs: Pointer, name: Pointer, pointer: Pointer, flags: number, flagsResult: Pointer): number {
      // SQLite closes what failed to open, unless it sees that there are no methods to close it by.
      state.view.setInt32(pointer, 0, true)
      const file =
        name === 0 || (flags & OPEN_DELETEONCLOSE) !== 0 ? transientFile() : state.files.get(pathAt(name))
      // The journal over several files (SUPER_JOURNAL) ends here too, as it is never mounted. Kept in
      // memory it would be gone after a crash, and the journals that name it would not be rolled back.
      if (file === undefined) return CANTOPEN
      state.open.set(pointer, new OpenFile(file))
      state.view.setInt32(pointer, ioMethodsPointer, true)
      if (flagsResult !== 0) state.view.setInt32(flagsResult, flags, true)
      return OK
    },

    // Removing a file takes time that a synchronous call does not have: an empty one stands for none.
    // Synced at once, because a journal that comes back after a loss of power would undo a commit.
    xDelete(_vfs: Pointer, name: Pointer): number | Promise<number> {
      const file = state.files.get(pathAt(name))
      if (file === undefined) return OK
      const fault = (cause: unknown): number => state.fault(cause, `empty ${file.name}`, IOERR_DELETE)
      try {
        if (file.blocks.size() > 0) file.truncate(0)
        const pending = file.sync()
        return typeof pending === 'boolean' ? OK : pending.then(() => OK, fault)
      } catch (cause) {
        return fault(cause)
      }
    },

    xAccess(_vfs: Pointer, name: Pointer, _flags: number, result: Pointer): number {
      const file = state.files.get(pathAt(name))
      try {
        state.view.setInt32(result, file !== undefined && file.blocks.size() > 0 ? 1 : 0, true)
        return OK
      } catch (cause) {
        return state.fault(cause, `measure ${pathAt(name)}`, IOERR_ACCESS)
      }
    },

    xFullPathname(_vfs: Pointer, name: Pointer, size: number, result: Pointer): number {
      const { bytes } = state
      const end = bytes.indexOf(0, name) + 1
      if (end - name > size) return CANTOPEN
      bytes.copyWithin(result, name, end)
      return OK
    },

    xRandomness(_vfs: Pointer, size: number, result: Pointer): number {
      const count = Math.min(size, RANDOM_LIMIT)
      crypto.getRandomValues(state.bytes.subarray(result, result + count) as Uint8Array<ArrayBuffer>)
      return count
    },

    // A lock is held by a connection of this very thread: sleeping would not bring its release nearer.
    xSleep: (): number => 0,

    xCurrentTime(_vfs: Pointer, result: Pointer): number {
      state.view.setFloat64(result, (Date.now() + JULIAN_EPOCH) / MILLISECONDS_PER_DAY, true)
      return OK
    },

    xCurrentTimeInt64(_vfs: Pointer, result: Pointer): number {
      state.view.setBigInt64(result, BigInt(Date.now() + JULIAN_EPOCH), true)
      return OK
    },

    xGetLastError: (): number => OK,
  }

  function pathAt(name: Pointer): string {
    return state.module.wasm.cstrToJs(name)
  }

  function transientFile(): VfsFile {
    return new VfsFile('a temporary file', new MemoryFile(), new WalIndex(state.module))
  }
}
