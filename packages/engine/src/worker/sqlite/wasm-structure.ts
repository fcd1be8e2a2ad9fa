import type { Pointer, SqliteModule } from './module.ts'

const SIZE = 4

/** A structure of C in SQLite's memory, whose members are integers of 32 bits and pointers. */
export class WasmStructure {
  readonly #module: SqliteModule
  readonly #members: number[] = []

  constructor(module: SqliteModule) {
    this.#module = module
  }

  add(...members: readonly number[]): void {
    this.#members.push(...members)
  }

  /** The address of a text, which ends with a zero. */
  text(text: string): Pointer {
    return this.#write(new TextEncoder().encode(`${text}\0`))
  }

  /** Puts it where SQLite can keep it for ever. */
  write(): Pointer {
    const bytes = new DataView(new ArrayBuffer(this.#members.length * SIZE))
    this.#members.forEach((member, index) => bytes.setInt32(index * SIZE, member, true))
    return this.#write(new Uint8Array(bytes.buffer))
  }

  #write(bytes: Uint8Array): Pointer {
    const { wasm } = this.#module
    const pointer = wasm.exports.sqlite3_malloc(bytes.length)
    if (pointer === 0) throw new Error('SQLite has no memory')
    wasm.heap8u().set(bytes, pointer)
    return pointer
  }
}
