const MAGIC_AND_VERSION = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]

/** Sections of a module, by their numbers in the binary format. */
export interface WasmSections {
  readonly types: readonly number[]
  readonly imports: readonly number[]
  readonly exports: readonly number[]
  /** The function that it has, if it has one. */
  readonly code?: WasmCode | undefined
}

interface WasmCode {
  /** The number of its type. */
  readonly type: number
  /** Its locals and its instructions. */
  readonly body: readonly number[]
}

/** Assembles a module of one function at most. Each part is shorter than 128 bytes, so that a length is one byte. */
export function wasmModule({ types, imports, exports, code }: WasmSections): WebAssembly.Module {
  return new WebAssembly.Module(
    new Uint8Array([
      ...MAGIC_AND_VERSION,
      ...section(1, types),
      ...section(2, imports),
      ...(code === undefined ? [] : section(3, [1, code.type])),
      ...section(7, exports),
      ...(code === undefined ? [] : section(10, [1, code.body.length, ...code.body])),
    ]),
  )
}

function section(id: number, content: readonly number[]): readonly number[] {
  return [id, content.length, ...content]
}
