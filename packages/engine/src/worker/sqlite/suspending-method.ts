import { suspending, type WasmFunction } from './suspension.ts'
import { wasmModule } from './wasm-module.ts'

const I32 = 0x7f
const TYPES: Readonly<Record<string, number>> = { i: I32, p: I32, j: 0x7e }
const F = 0x66

/**
 * A function that SQLite can call through its table and that suspends it when `call` gives a promise. The
 * table takes functions of wasm only, so that one of them stands in front. `signature` is as in `i(ppij)`.
 */
export function suspendingMethod(signature: string, call: WasmFunction): WasmFunction {
  const parameters = Array.from(signature.slice(2, -1), (letter) => TYPES[letter] ?? I32)
  const module = wasmModule({
    types: [1, 0x60, parameters.length, ...parameters, 1, I32],
    imports: [1, 1, F, 1, F, 0, 0],
    functions: [1, 0],
    exports: [1, 1, F, 0, 1],
    // local.get of each, call 0, end
    body: [0, ...parameters.flatMap((_, index) => [0x20, index]), 0x10, 0, 0x0b],
  })
  const { exports } = new WebAssembly.Instance(module, { f: { f: suspending(call) } })
  return exports['f'] as WasmFunction
}
