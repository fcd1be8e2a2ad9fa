import type { Pointer, SqliteModule } from './module.ts'
import { DataSyncError } from '../../errors.ts'

const encoder = new TextEncoder()
// A byte order mark is a character like any other: text is given back as it was stored.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Up to this many bytes, character codes taken eight at a time beat the call into the TextDecoder. */
const SHORT_READ = 40
/** Up to this many characters, a loop over their codes beats the call into the TextEncoder. */
const SHORT_WRITE = 100

/**
 * Strings and bytes in and out of the wasm heap. The view on the heap is taken anew whenever the
 * heap has grown, which any call into SQLite may have caused.
 */
export class Heap {
  readonly #module: SqliteModule
  #bytes: Uint8Array
  #scratch: Pointer = 0
  #scratchSize = 0

  constructor(module: SqliteModule) {
    this.#module = module
    this.#bytes = module.wasm.heap8u()
  }

  /** The heap as it is now; good until the next call into SQLite. */
  get bytes(): Uint8Array {
    // Growing takes the memory away from the views on it, which is faster seen here than asked of the memory.
    if (this.#bytes.length === 0) this.#bytes = this.#module.wasm.heap8u()
    return this.#bytes
  }

  readText(pointer: Pointer, length: number): string {
    const bytes = this.bytes
    const text = length <= SHORT_READ ? readAscii(bytes, pointer, pointer + length) : undefined
    return text ?? decoder.decode(bytes.subarray(pointer, pointer + length))
  }

  /** A part of what was written at `text`, up to `limit`: not decoded where each byte is a character, as in most. */
  readPart(
    { sql, text, limit }: { readonly sql: string; readonly text: Pointer; readonly limit: Pointer },
    start: Pointer,
    end: Pointer,
  ): string {
    return text + sql.length === limit
      ? sql.slice(start - text, end - text)
      : this.readText(start, end - start)
  }

  readCString(pointer: Pointer): string {
    return this.readText(pointer, this.bytes.indexOf(0, pointer) - pointer)
  }

  readBytes(pointer: Pointer, length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.bytes.subarray(pointer, pointer + length))
  }

  readPointer(pointer: Pointer): Pointer {
    const bytes = this.bytes
    return (
      ((bytes[pointer] ?? 0) |
        ((bytes[pointer + 1] ?? 0) << 8) |
        ((bytes[pointer + 2] ?? 0) << 16) |
        ((bytes[pointer + 3] ?? 0) << 24)) >>>
      0
    )
  }

  /** Writes text as UTF-8 with a closing NUL to the scratch area; returns the length without it. */
  writeScratchText(text: string): { readonly pointer: Pointer; readonly length: number } {
    const pointer = this.scratch(text.length * 3 + 1)
    const { bytes } = this
    const length =
      text.length <= SHORT_WRITE && writeAscii(bytes, pointer, text)
        ? text.length
        : encoder.encodeInto(text, bytes.subarray(pointer, pointer + this.#scratchSize)).written
    bytes[pointer + length] = 0
    return { pointer, length }
  }

  /** The same in an area of its own, which whoever asked for it frees. */
  allocateText(text: string): { readonly pointer: Pointer; readonly length: number } {
    const { pointer, length } = this.writeScratchText(text)
    const copy = this.#module.wasm.exports.sqlite3_malloc(length + 1)
    if (copy === 0) throw outOfMemory(length)
    this.bytes.copyWithin(copy, pointer, pointer + length + 1)
    return { pointer: copy, length }
  }

  writeScratchBytes(bytes: Uint8Array): Pointer {
    const pointer = this.scratch(bytes.length)
    this.bytes.set(bytes, pointer)
    return pointer
  }

  /** Gives the scratch area back, when its owner is done. */
  free(): void {
    this.#module.wasm.exports.sqlite3_free(this.#scratch)
    this.#scratch = 0
    this.#scratchSize = 0
  }

  /** An area of at least `size` bytes whose content lasts until the scratch area is used again. */
  scratch(size: number): Pointer {
    if (size > this.#scratchSize || this.#scratch === 0) {
      const { exports } = this.#module.wasm
      exports.sqlite3_free(this.#scratch)
      this.#scratchSize = Math.max(size, 4096)
      this.#scratch = exports.sqlite3_malloc(this.#scratchSize)
      if (this.#scratch === 0) {
        this.#scratchSize = 0
        throw outOfMemory(size)
      }
    }
    return this.#scratch
  }
}

function outOfMemory(size: number): DataSyncError {
  return new DataSyncError('out-of-memory', `There are no ${size} bytes left in the memory of SQLite.`)
}

/** False where the text is not pure ASCII. */
function writeAscii(bytes: Uint8Array, start: Pointer, text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 0x7f) return false
    bytes[start + at] = code
  }
  return true
}

/** Undefined where the text is not pure ASCII. */
function readAscii(bytes: Uint8Array, start: Pointer, end: Pointer): string | undefined {
  let text = ''
  let at = start
  for (; at + 8 <= end; at += 8) {
    const a = bytes[at] as number
    const b = bytes[at + 1] as number
    const c = bytes[at + 2] as number
    const d = bytes[at + 3] as number
    const e = bytes[at + 4] as number
    const f = bytes[at + 5] as number
    const g = bytes[at + 6] as number
    const h = bytes[at + 7] as number
    if ((a | b | c | d | e | f | g | h) > 0x7f) return undefined
    text += String.fromCharCode(a, b, c, d, e, f, g, h)
  }
  for (; at < end; at++) {
    const code = bytes[at] as number
    if (code > 0x7f) return undefined
    text += String.fromCharCode(code)
  }
  return text
}
