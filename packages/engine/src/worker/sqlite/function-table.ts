import type { Pointer } from './module.ts'
import type { WasmFunction } from './suspension.ts'

/** Slots by which the table grows at once: growing may copy it. */
const GROWTH = 32

/** The functions that SQLite can call by a pointer, which is their place in the table of its module. */
export class FunctionTable {
  readonly #table: WebAssembly.Table
  readonly #free: Pointer[] = []

  constructor(table: WebAssembly.Table) {
    this.#table = table
  }

  install(call: WasmFunction): Pointer {
    const pointer = this.#free.pop() ?? this.#grow()
    this.#table.set(pointer, call)
    return pointer
  }

  uninstall(pointer: Pointer): void {
    this.#table.set(pointer, null)
    this.#free.push(pointer)
  }

  #grow(): Pointer {
    const first = this.#table.grow(GROWTH)
    for (let slot = first + GROWTH - 1; slot > first; slot -= 1) this.#free.push(slot)
    return first
  }
}
