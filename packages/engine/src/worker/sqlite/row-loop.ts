import type { Pointer, WasmExports } from './module.ts'
import { ROW } from './result-codes.ts'

/**
 * Steps a statement until `onRow`, which is called on each row, answers false. Returns the code of the
 * last step: ROW if there may be more.
 */
export type RowLoop = (statement: Pointer, onRow: () => boolean) => number | Promise<number>

/** The loop where a step never has to wait. */
export function rowLoop(exports: WasmExports): RowLoop {
  return (statement, onRow) => {
    for (;;) {
      const code = exports.sqlite3_step(statement)
      if (code !== ROW || !onRow()) return code
    }
  }
}
