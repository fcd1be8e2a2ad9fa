import type { SqliteModule } from './module.ts'
import { reportUncaught } from '../report-uncaught.ts'
import { suspendableRowLoop } from './suspendable-row-loop.ts'
import { promising, type Promising } from './suspension.ts'

/** What may read or write a file. The others work in memory: they give values, or set callbacks. */
const CALLS = [
  'sqlite3_open_v2',
  'sqlite3_close_v2',
  'sqlite3_prepare_v3',
  'sqlite3_step',
  'sqlite3_reset',
  'sqlite3_finalize',
  'sqlite3_backup_init',
  'sqlite3_backup_step',
  'sqlite3_backup_finish',
] as const

/** The same module, where the methods of a VFS may give promises: what calls them then gives a promise as well. */
export function suspendable(module: SqliteModule): SqliteModule {
  const { wasm } = module
  const one = oneAtATime()
  const calls = CALLS.map((name) => [name, one<number[]>(wasm.exports[name])])
  return {
    ...module,
    wasm: { ...wasm, exports: { ...wasm.exports, ...Object.fromEntries(calls) } },
    // oxlint-disable-next-line typescript/unbound-method -- An export of wasm knows no `this`.
    rowLoop: suspendableRowLoop(wasm.exports.sqlite3_step, one),
  }
}

/**
 * Lets in one call at a time: SQLite must not be entered while it is suspended. Result codes tell of all
 * that can go wrong but a trap, which leaves the memory in no state to go on with: from then on no call
 * ever ends, and the uncaught error ends the worker.
 */
function oneAtATime(): <Values extends unknown[]>(call: (...values: Values) => unknown) => Promising<Values> {
  let state: 'free' | 'busy' | 'broken' = 'free'
  const end = (result: number): number | Promise<never> => {
    if (state === 'broken') return never()
    state = 'free'
    return result
  }
  const giveUp = (error: unknown): Promise<never> => {
    if (state !== 'broken') reportUncaught(error)
    state = 'broken'
    return never()
  }
  return (call) => {
    const start = promising(call)
    return (...values) => {
      if (state !== 'free') return giveUp(new Error('SQLite was called while it waited'))
      state = 'busy'
      return start(...values).then(end, giveUp)
    }
  }
}

function never(): Promise<never> {
  return new Promise(() => undefined)
}
