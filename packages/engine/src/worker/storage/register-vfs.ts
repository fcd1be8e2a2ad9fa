import type { Pointer, SqliteModule } from '../sqlite/module.ts'
import type { WasmFunction } from '../sqlite/suspension.ts'
import { suspendingMethod, wasmFunction } from '../sqlite/wasm-function.ts'
import { WasmStructure } from '../sqlite/wasm-structure.ts'

/** Functions by their names in SQLite's structures. 64-bit integers arrive as bigints. */
type Methods = Record<string, (...values: never[]) => number | void | Promise<number>>

/** What may answer by a promise, where SQLite is suspendable. The others are as fast as memory everywhere. */
const SUSPENDING: ReadonlySet<string> = new Set(['xRead', 'xSync', 'xDelete'])

/** The methods of `sqlite3_io_methods` after its version, as sqlite.org/c3ref/io_methods.html has them. */
const IO_METHODS = {
  xClose: 'i(p)',
  xRead: 'i(ppij)',
  xWrite: 'i(ppij)',
  xTruncate: 'i(pj)',
  xSync: 'i(pi)',
  xFileSize: 'i(pp)',
  xLock: 'i(pi)',
  xUnlock: 'i(pi)',
  xCheckReservedLock: 'i(pp)',
  xFileControl: 'i(pip)',
  xSectorSize: 'i(p)',
  xDeviceCharacteristics: 'i(p)',
  xShmMap: 'i(piiip)',
  xShmLock: 'i(piii)',
  xShmBarrier: 'v(p)',
  xShmUnmap: 'i(pi)',
} as const

/** The methods of `sqlite3_vfs` after its data, as sqlite.org/c3ref/vfs.html has them. */
const VFS_METHODS = {
  xOpen: 'i(pppip)',
  xDelete: 'i(ppi)',
  xAccess: 'i(ppip)',
  xFullPathname: 'i(ppip)',
  xDlOpen: 'p(pp)',
  xDlError: 'v(pip)',
  xDlSym: 'p(ppp)',
  xDlClose: 'v(pp)',
  xRandomness: 'i(pip)',
  xSleep: 'i(pi)',
  xCurrentTime: 'i(pp)',
  xGetLastError: 'i(pip)',
  xCurrentTimeInt64: 'i(pp)',
} as const

/** With the methods for shared memory, hence WAL; without those for memory-mapped files. */
const IO_VERSION = 2
/** With xCurrentTimeInt64; without system calls to override. */
const VFS_VERSION = 2
/** A file is known by its address: the structure has no more than the pointer to its methods. */
const FILE_SIZE = 4

export interface VfsDefinition {
  readonly name: string
  readonly maxPathLength: number
  readonly io: Methods
  /** Given the address at which SQLite finds `io`. */
  readonly vfs: (ioMethods: Pointer) => Methods
}

/** Makes SQLite know a VFS, beside those it has, for as long as the module lives. */
export function registerVfs(module: SqliteModule, definition: VfsDefinition): void {
  const { exports } = module.wasm
  const io = new WasmStructure(module)
  io.add(IO_VERSION)
  addMethods(module, io, IO_METHODS, definition.io)
  const ioMethods = io.write()
  const vfs = new WasmStructure(module)
  vfs.add(VFS_VERSION, FILE_SIZE, definition.maxPathLength)
  // Of the next VFS, which SQLite sets; of its name; of data of ours.
  vfs.add(0, vfs.text(definition.name), 0)
  addMethods(module, vfs, VFS_METHODS, definition.vfs(ioMethods))
  const code = exports.sqlite3_vfs_register(vfs.write(), 0)
  if (code !== 0) throw new Error(`SQLite takes no VFS: ${code}`)
}

function addMethods(
  module: SqliteModule,
  structure: WasmStructure,
  signatures: Readonly<Record<string, string>>,
  methods: Methods,
): void {
  for (const [name, signature] of Object.entries(signatures)) {
    const method = methods[name]
    structure.add(method === undefined ? 0 : install(module, name, signature, method))
  }
}

function install(module: SqliteModule, name: string, signature: string, method: WasmFunction): Pointer {
  const suspends = module.rowLoop !== undefined && SUSPENDING.has(name)
  const make = suspends ? suspendingMethod : wasmFunction
  return module.wasm.functions.install(make(signature, method))
}
