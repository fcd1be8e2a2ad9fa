const MAGIC_AND_VERSION = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]

/** Sections of a module, by their numbers in the binary format. */
interface WasmSections {
  readonly types: readonly number[]
  readonly imports: readonly number[]
  readonly functions: readonly number[]
  readonly exports: readonly number[]
  /** The one function that it has: its locals and its instructions. */
  readonly body: readonly number[]
}

/** Assembles a module of one function. Each part is shorter than 128 bytes, so that a length is one byte. */
export function wasmModule({ types, imports, functions, exports, body }: WasmSections): WebAssembly.Module {
  return new WebAssembly.Module(
    new Uint8Array([
      ...MAGIC_AND_VERSION,
      ...section(1, types),
      ...section(2, imports),
      ...section(3, functions),
      ...section(7, exports),
      ...section(10, [1, body.length, ...body]),
    ]),
  )
}

function section(id: number, content: readonly number[]): readonly number[] {
  return [id, content.length, ...content]
}
