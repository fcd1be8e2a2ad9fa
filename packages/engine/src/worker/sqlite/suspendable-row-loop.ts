import type { Pointer } from './module.ts'
import type { RowLoop } from './row-loop.ts'
import type { WasmFunction } from './suspension.ts'
import { wasmModule } from './wasm-module.ts'

const I32 = 0x7f
const F = 0x66
const S = 0x73

/**
 * The loop of a suspendable SQLite. It runs inside wasm, since no frame of JavaScript may stand between
 * the call that gives the promise and a step that is suspended; and so a promise serves many rows.
 * `makePromising` makes of the loop what is called.
 */
export function suspendableRowLoop(
  step: WasmFunction,
  makePromising: (loop: (statement: Pointer) => number) => (statement: Pointer) => Promise<number>,
): RowLoop {
  let onRow: () => boolean
  let thrown: { readonly error: unknown } | undefined
  const row = (): boolean => {
    try {
      return onRow()
    } catch (error) {
      // Only this must reach those who see that wasm has failed; what it says itself is for the caller.
      if (error instanceof WebAssembly.RuntimeError) throw error
      thrown = { error }
      return false
    }
  }
  const { exports } = new WebAssembly.Instance(loopModule(), { f: { s: step, f: row } })
  const run = makePromising(exports['f'] as (statement: Pointer) => number)
  return async (statement, next) => {
    onRow = next
    thrown = undefined
    const code = await run(statement)
    // It was set as the loop ran.
    const failure = thrown as { readonly error: unknown } | undefined
    if (failure !== undefined) throw failure.error
    return code
  }
}

function loopModule(): WebAssembly.Module {
  return wasmModule({
    types: [2, 0x60, 1, I32, 1, I32, 0x60, 0, 1, I32],
    imports: [2, 1, F, 1, S, 0, 0, 1, F, 1, F, 0, 1],
    exports: [1, 1, F, 0, 2],
    code: {
      type: 0,
      body: [
        ...[1, 1, I32],
        ...[0x03, 0x40], // loop
        ...[0x20, 0, 0x10, 0, 0x22, 1], // code = step(statement)
        ...[0x41, 0xe4, 0x00, 0x47], // code != ROW
        ...[0x04, 0x40, 0x20, 1, 0x0f, 0x0b], // if so, return code
        ...[0x10, 1, 0x0d, 0, 0x0b], // again if row() is true
        ...[0x20, 1, 0x0b], // return code
      ],
    },
  })
}
