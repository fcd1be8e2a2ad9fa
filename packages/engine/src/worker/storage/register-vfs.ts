import type { Pointer, SqliteModule } from '../sqlite/module.ts'
import { suspendingMethod } from '../sqlite/suspending-method.ts'

/** Functions by their names in SQLite's structures. 64-bit integers arrive as bigints. */
type Methods = Record<string, (...values: never[]) => number | void | Promise<number>>

/** What may answer by a promise, where SQLite is suspendable. The others are as fast as memory everywhere. */
const SUSPENDING: ReadonlySet<string> = new Set(['xRead', 'xSync', 'xDelete'])

/** A structure in the wasm heap; `$name` reads and writes its member `name`. */
interface Struct {
  readonly pointer: Pointer
  $iVersion: number
  /** The C type of a method, as in `i(ppij)`. */
  memberSignature(method: string): string
}

interface VfsStruct extends Struct {
  $szOsFile: number
  $mxPathname: number
}

/** The part of the official module that installs a VFS; its own typings get the integers wrong. */
interface VfsGlue {
  readonly capi: {
    readonly sqlite3_io_methods: new () => Struct
    readonly sqlite3_vfs: new () => VfsStruct
    readonly sqlite3_file: { readonly structInfo: { readonly sizeof: number } }
  }
  readonly vfs: {
    installVfs(options: {
      readonly io?: { readonly struct: Struct; readonly methods: Methods }
      readonly vfs?: { readonly struct: VfsStruct; readonly methods: Methods; readonly name: string }
    }): unknown
  }
}

export interface VfsDefinition {
  readonly name: string
  readonly maxPathLength: number
  readonly io: Methods
  /** Given the address at which SQLite finds `io`. */
  readonly vfs: (ioMethods: Pointer) => Methods
}

/** Makes SQLite know a VFS, beside those it has, for as long as the module lives. */
export function registerVfs(module: SqliteModule, definition: VfsDefinition): void {
  const { capi, vfs } = module as unknown as VfsGlue
  const io = new capi.sqlite3_io_methods()
  // With the methods for shared memory, hence WAL; without those for memory-mapped files.
  io.$iVersion = 2
  const struct = new capi.sqlite3_vfs()
  // With xCurrentTimeInt64; without system calls to override.
  struct.$iVersion = 2
  struct.$szOsFile = capi.sqlite3_file.structInfo.sizeof
  struct.$mxPathname = definition.maxPathLength
  const prepare = module.rowLoop === undefined ? asTheyAre : suspendingMethods
  vfs.installVfs({
    io: { struct: io, methods: prepare(io, definition.io) },
    vfs: { struct, methods: prepare(struct, definition.vfs(io.pointer)), name: definition.name },
  })
}

function asTheyAre(_struct: Struct, methods: Methods): Methods {
  return methods
}

function suspendingMethods(struct: Struct, methods: Methods): Methods {
  const entries = Object.entries(methods).map(([name, method]) => [
    name,
    SUSPENDING.has(name) ? suspendingMethod(struct.memberSignature(name), method) : method,
  ])
  return Object.fromEntries(entries) as Methods
}
