import type { Heap } from './heap.ts'
import type { Pointer, WasmExports } from './module.ts'
import { waitFor, type Task } from '../task.ts'

/** Copies one database over another through SQLite's backup; returns the extended result code. */
export function* backUp(exports: WasmExports, heap: Heap, source: Pointer, target: Pointer): Task<number> {
  const { pointer: name } = heap.allocateText('main')
  const backup = yield* waitFor(exports.sqlite3_backup_init(target, name, source, name))
  if (backup !== 0) {
    yield* waitFor(exports.sqlite3_backup_step(backup, -1))
    yield* waitFor(exports.sqlite3_backup_finish(backup))
  }
  exports.sqlite3_free(name)
  return exports.sqlite3_extended_errcode(target)
}
