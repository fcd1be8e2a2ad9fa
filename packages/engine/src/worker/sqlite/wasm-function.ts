import { suspending, type WasmFunction } from './suspension.ts'
import { wasmModule, type WasmSections } from './wasm-module.ts'

const I32 = 0x7f
const TYPES: Readonly<Record<string, number>> = { i: I32, p: I32, j: 0x7e }
const F = 0x66

/**
 * A function that SQLite can call through its table, which takes functions of wasm only: what a module exports is one,
 * also if it has imported it. `signature` is as in `i(ppij)`: of 32 bits, a pointer, of 64 bits; `v(p)` gives nothing.
 */
export function wasmFunction(signature: string, call: WasmFunction): WasmFunction {
  return passThrough(wasmModule({ ...importOf(signature), exports: [1, 1, F, 0, 0] }), call)
}

/** One that suspends SQLite when `call` gives a promise. */
export function suspendingMethod(signature: string, call: WasmFunction): WasmFunction {
  const module = wasmModule({
    ...importOf(signature),
    exports: [1, 1, F, 0, 1],
    // local.get of each, call 0, end
    code: {
      type: 0,
      body: [0, ...parametersOf(signature).flatMap((_, index) => [0x20, index]), 0x10, 0, 0x0b],
    },
  })
  return passThrough(module, suspending(call))
}

function passThrough(module: WebAssembly.Module, call: WebAssembly.ImportValue): WasmFunction {
  const { exports } = new WebAssembly.Instance(module, { f: { f: call } })
  return exports['f'] as WasmFunction
}

function importOf(signature: string): Pick<WasmSections, 'types' | 'imports'> {
  const parameters = parametersOf(signature)
  const results = signature.startsWith('v') ? [] : [typeOf(signature.charAt(0))]
  return {
    types: [1, 0x60, parameters.length, ...parameters, results.length, ...results],
    imports: [1, 1, F, 1, F, 0, 0],
  }
}

function parametersOf(signature: string): readonly number[] {
  return Array.from(signature.slice(2, -1), typeOf)
}

function typeOf(letter: string): number {
  const type = TYPES[letter]
  if (type === undefined) throw new Error(`There is no type ${letter}`)
  return type
}
