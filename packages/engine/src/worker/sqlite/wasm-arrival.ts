import { describeServed, type ServedFile, servedAs } from '../../doctor/served-file.ts'

/** How SQLite's WebAssembly file was last served; undefined where it did not come over the network, or not at all. */
let arrival: ServedFile | undefined
let isWatched = false

export function wasmArrival(): ServedFile | undefined {
  return arrival
}

/**
 * Watches how the WebAssembly file arrives, and has it be compiled from all its bytes at once where the browser would
 * refuse its media type, and in Firefox. There, one that is compiled as it arrives is lost to the whole browser if its
 * worker ends meanwhile: who asks for it afterwards waits for ever (seen in 140).
 */
export function watchWasmArrival(): void {
  const { instantiateStreaming } = WebAssembly
  if (isWatched || typeof instantiateStreaming !== 'function') return
  isWatched = true
  WebAssembly.instantiateStreaming = async (source, imports) => {
    arrival = undefined
    const response = await source
    arrival = servedAs(response)
    const fault = describeServed('wasm', arrival)
    if (fault !== undefined) throw new TypeError(fault.sentence)
    if (arrival.type === 'application/wasm' && !isFirefox()) return instantiateStreaming(response, imports)
    return WebAssembly.instantiate(await response.arrayBuffer(), imports)
  }
}

/** The other engines call themselves like Gecko, but give no version of it. */
function isFirefox(): boolean {
  return typeof navigator === 'object' && navigator.userAgent.includes(' Gecko/')
}
