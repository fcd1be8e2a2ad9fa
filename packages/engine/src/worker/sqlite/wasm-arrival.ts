import { describeServed } from '../../doctor/describe-served.ts'
import { servedAs, type ServedFile } from '../../doctor/served-file.ts'
import { compileWasm } from '../../link/compile-wasm.ts'

/** How SQLite's WebAssembly file was last served; undefined where it did not come over the network, or not at all. */
let arrival: ServedFile | undefined
let isWatched = false

export function wasmArrival(): ServedFile | undefined {
  return arrival
}

/** It was the page that it was served to. */
export function noteWasmArrival(served: ServedFile): void {
  arrival = served
}

/** Watches how the WebAssembly file arrives, and has it be compiled as it suits the browser. */
export function watchWasmArrival(): void {
  if (isWatched || typeof WebAssembly.instantiateStreaming !== 'function') return
  isWatched = true
  WebAssembly.instantiateStreaming = async (source, imports) => {
    arrival = undefined
    const response = await source
    arrival = servedAs(response)
    const fault = describeServed('wasm', arrival)
    if (fault !== undefined) throw new TypeError(fault.sentence)
    const module = await compileWasm(response, arrival.type)
    return { module, instance: await WebAssembly.instantiate(module, imports) }
  }
}
