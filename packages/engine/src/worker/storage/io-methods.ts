import { BUSY, IOERR, NOMEM, OK } from '../sqlite/result-codes.ts'
import type { Pointer } from '../sqlite/module.ts'
import {
  IOERR_FSTAT,
  IOERR_FSYNC,
  IOERR_READ,
  IOERR_SHORT_READ,
  IOERR_TRUNCATE,
  IOERR_WRITE,
} from './io-codes.ts'
import type { OpenFile } from './open-file.ts'
import { placedError } from './storage-error.ts'
import type { VfsState } from './vfs-state.ts'

const NOTFOUND = 12
const SHM_UNLOCK = 1
const SHM_EXCLUSIVE = 8
const SECTOR_SIZE = 4096

/**
 * SQLITE_IOCAP_SUBPAGE_READ: any byte range can be read, so large values bypass the page cache.
 *
 * Nothing else is claimed. POWERSAFE_OVERWRITE would save nothing: pages are as large as a sector,
 * and under WAL with synchronous=NORMAL it is not looked at. SAFE_APPEND, SEQUENTIAL and the ATOMIC
 * ones are promises about power loss that no browser makes. UNDELETABLE_WHEN_OPEN does not apply:
 * our deleted file is an empty one, whoever has it open.
 */
const DEVICE_CHARACTERISTICS = 0x8000

/**
 * The methods of an open file, by their names in `sqlite3_io_methods`. An exception must not pass
 * through SQLite's frames, nor may a promise be rejected in them; and BUSY must not come from reading or
 * writing: SQLite would run the statement again over what it half did.
 */
export function ioMethods(
  state: VfsState,
): Record<string, (...values: never[]) => number | void | Promise<number>> {
  const openFile = (pointer: Pointer): OpenFile => {
    const open = state.open.get(pointer)
    if (open === undefined) throw new Error('SQLite used a file that is not open')
    return open
  }

  return {
    xClose(pointer: Pointer): number {
      state.open.get(pointer)?.close()
      state.open.delete(pointer)
      return OK
    },

    xRead(pointer: Pointer, buffer: Pointer, amount: number, offset: bigint): number | Promise<number> {
      if (!state.suspends) return read(pointer, buffer, amount, offset)
      try {
        const pending = openFile(pointer).file.blocks.load?.(Number(offset), amount)
        if (pending === undefined) return read(pointer, buffer, amount, offset)
        return pending.then(
          () => read(pointer, buffer, amount, offset),
          (cause: unknown) => readFault(cause, pointer, offset),
        )
      } catch (cause) {
        return readFault(cause, pointer, offset)
      }
    },

    xWrite(pointer: Pointer, buffer: Pointer, amount: number, offset: bigint): number {
      try {
        openFile(pointer).file.write(state.bytes.subarray(buffer, buffer + amount), Number(offset))
        return OK
      } catch (cause) {
        return state.fault(cause, `write to ${nameOf(pointer)}`, IOERR_WRITE)
      }
    },

    xTruncate(pointer: Pointer, size: bigint): number {
      try {
        openFile(pointer).file.truncate(Number(size))
        return OK
      } catch (cause) {
        return state.fault(cause, `resize ${nameOf(pointer)}`, IOERR_TRUNCATE)
      }
    },

    xSync(pointer: Pointer): number | Promise<number> {
      const fault = (cause: unknown): number => state.fault(cause, `sync ${nameOf(pointer)}`, IOERR_FSYNC)
      try {
        const pending = openFile(pointer).file.sync()
        return typeof pending === 'boolean' ? OK : pending.then(() => OK, fault)
      } catch (cause) {
        return fault(cause)
      }
    },

    xFileSize(pointer: Pointer, result: Pointer): number {
      try {
        state.view.setBigInt64(result, BigInt(openFile(pointer).file.blocks.size()), true)
        return OK
      } catch (cause) {
        return state.fault(cause, `measure ${nameOf(pointer)}`, IOERR_FSTAT)
      }
    },

    xLock(pointer: Pointer, level: number): number {
      const open = state.open.get(pointer)
      if (open === undefined) return IOERR
      return open.file.locks.lock(open, level) ? OK : BUSY
    },

    xUnlock(pointer: Pointer, level: number): number {
      const open = state.open.get(pointer)
      if (open === undefined) return IOERR
      open.file.locks.unlock(open, level)
      return OK
    },

    xCheckReservedLock(pointer: Pointer, result: Pointer): number {
      const open = state.open.get(pointer)
      if (open === undefined) return IOERR
      state.view.setInt32(result, open.file.locks.reserved ? 1 : 0, true)
      return OK
    },

    xFileControl: (): number => NOTFOUND,

    xSectorSize: (): number => SECTOR_SIZE,

    xDeviceCharacteristics: (): number => DEVICE_CHARACTERISTICS,

    xShmMap(pointer: Pointer, region: number, size: number, extend: number, result: Pointer): number {
      const open = state.open.get(pointer)
      if (open === undefined) return IOERR
      const address = open.file.walIndex.map(open, region, size, extend !== 0)
      state.view.setInt32(result, address ?? 0, true)
      return address === undefined ? NOMEM : OK
    },

    xShmLock(pointer: Pointer, offset: number, count: number, flags: number): number {
      const open = state.open.get(pointer)
      if (open === undefined) return IOERR
      if ((flags & SHM_UNLOCK) === 0) {
        return open.file.walIndex.lock(open, offset, count, (flags & SHM_EXCLUSIVE) !== 0)
      }
      open.file.walIndex.unlock(open, offset, count)
      return OK
    },

    xShmBarrier(): void {
      // One thread: nothing is reordered under its own eyes.
    },

    xShmUnmap(pointer: Pointer): number {
      const open = state.open.get(pointer)
      open?.file.walIndex.unmap(open)
      return OK
    },
  }

  /** The view on the heap is taken here: it may have grown while the file was loaded. */
  function read(pointer: Pointer, buffer: Pointer, amount: number, offset: bigint): number {
    try {
      const into = state.bytes.subarray(buffer, buffer + amount)
      const count = openFile(pointer).file.blocks.read(into, Number(offset))
      if (count === amount) return OK
      into.fill(0, count)
      return IOERR_SHORT_READ
    } catch (cause) {
      return readFault(cause, pointer, offset)
    }
  }

  function readFault(cause: unknown, pointer: Pointer, offset: bigint): number {
    const name = nameOf(pointer)
    return state.fault(placedError(cause, name, Number(offset)), `read ${name}`, IOERR_READ)
  }

  function nameOf(pointer: Pointer): string {
    return state.open.get(pointer)?.file.name ?? 'a closed file'
  }
}
