import { suspending, type WasmFunction } from './suspension.ts'
import { wasmModule } from './wasm-module.ts'

const I32 = 0x7f
const TYPES: Readonly<Record<string, number>> = { i: I32, p: I32, j: 0x7e }
const F = 0x66

/**
 * A function that SQLite can call through its table, which takes functions of wasm only, so that one of them stands
 * in front. `signature` is as in `i(ppij)`: of 32 bits, a pointer, of 64 bits; `v(p)` gives nothing.
 */
export function wasmFunction(signature: string, call: WasmFunction): WasmFunction {
  return inFrontOf(call, signature)
}

/** One that suspends SQLite when `call` gives a promise. */
export function suspendingMethod(signature: string, call: WasmFunction): WasmFunction {
  return inFrontOf(suspending(call), signature)
}

function inFrontOf(call: WebAssembly.ImportValue, signature: string): WasmFunction {
  const parameters = Array.from(signature.slice(2, -1), typeOf)
  const results = signature.startsWith('v') ? [] : [typeOf(signature.charAt(0))]
  const module = wasmModule({
    types: [1, 0x60, parameters.length, ...parameters, results.length, ...results],
    imports: [1, 1, F, 1, F, 0, 0],
    functions: [1, 0],
    exports: [1, 1, F, 0, 1],
    // local.get of each, call 0, end
    body: [0, ...parameters.flatMap((_, index) => [0x20, index]), 0x10, 0, 0x0b],
  })
  const { exports } = new WebAssembly.Instance(module, { f: { f: call } })
  return exports['f'] as WasmFunction
}

function typeOf(letter: string): number {
  const type = TYPES[letter]
  if (type === undefined) throw new Error(`There is no type ${letter}`)
  return type
}
