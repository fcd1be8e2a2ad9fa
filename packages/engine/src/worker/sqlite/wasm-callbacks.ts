import type { Pointer, SqliteModule } from './module.ts'
import { wasmFunction } from './wasm-function.ts'

/** Functions of JavaScript that SQLite calls, for as long as a connection is open. */
export class WasmCallbacks {
  readonly #module: SqliteModule
  readonly #pointers: Pointer[] = []

  constructor(module: SqliteModule) {
    this.#module = module
  }

  /** `signature` is as in `i(ppij)`. */
  install(signature: string, callback: (...values: never[]) => unknown): Pointer {
    const pointer = this.#module.wasm.functions.install(wasmFunction(signature, callback))
    this.#pointers.push(pointer)
    return pointer
  }

  uninstall(): void {
    for (const pointer of this.#pointers.splice(0)) this.#module.wasm.functions.uninstall(pointer)
  }
}
