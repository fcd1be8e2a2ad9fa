/** A function of wasm, or one of ours that wasm calls. Its result may be a promise where that can be waited for. */
export type WasmFunction = (...values: never[]) => unknown

/** An export that may be suspended. All that we call so give a number. */
export type Promising<Values extends unknown[]> = (...values: Values) => Promise<number>

/** JavaScript Promise Integration (webassembly.github.io/js-promise-integration), which TypeScript does not know yet. */
interface PromiseIntegration {
  readonly Suspending: new (call: WasmFunction) => WebAssembly.ImportValue
  promising<Values extends unknown[]>(call: (...values: Values) => unknown): Promising<Values>
}

const integration = WebAssembly as unknown as Partial<PromiseIntegration>

/** Whether this browser can let wasm wait for a promise. */
export function canSuspend(): boolean {
  return integration.Suspending !== undefined && integration.promising !== undefined
}

/** An export of wasm as a function that may be suspended, and so always gives a promise. */
export function promising<Values extends unknown[]>(call: (...values: Values) => unknown): Promising<Values> {
  if (integration.promising === undefined) throw unable()
  return integration.promising(call)
}

/** An import of wasm that suspends it if it gives a promise, until that is settled. */
export function suspending(call: WasmFunction): WebAssembly.ImportValue {
  if (integration.Suspending === undefined) throw unable()
  return new integration.Suspending(call)
}

function unable(): Error {
  return new Error('WebAssembly cannot be suspended here')
}
