import type { CompiledSqlite } from '../../link/compiled-sqlite.ts'
import sqlite3InitModule from '@sqlite.org/sqlite-wasm'
import { watchRefusals } from '../../doctor/refusals.ts'
import { createModule, type SqliteModule, type WasmInstance } from './module.ts'
import { suspendable } from './suspendable.ts'
import { noteWasmArrival, watchWasmArrival } from './wasm-arrival.ts'
import { toWasmError } from './wasm-error.ts'

/**
 * As the official typings have it: an initialiser without options, though it takes Emscripten's. The build leaves
 * of the official module no more than what it gives here.
 */
type Initialise = (options?: {
  readonly locateFile?: (file: string) => string
  readonly instantiateWasm?: Instantiate
}) => Promise<{ readonly wasm: WasmInstance }>

type Instantiate = (
  imports: WebAssembly.Imports,
  receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
) => void

export interface LoadOptions {
  /** Where the file is, if not beside this script. */
  readonly wasmUrl?: string | undefined
  /** Whether a call may have to wait for a promise of the storage. Not every browser can do that. */
  readonly suspending?: boolean | undefined
  /** The file as it was compiled elsewhere, unless that came to nothing. */
  readonly compiled?: Promise<CompiledSqlite | undefined> | undefined
}

/**
 * Loads SQLite. Where the build has not left them out, its own OPFS and key-value VFSes are turned off first: on an
 * isolated page they would start workers of their own and take three quarters of the start-up time.
 *
 * @throws DataSyncError `worker-failed`, where its file is not served as it should be, or forbidden.
 */
export async function loadSqlite({
  wasmUrl,
  suspending = false,
  compiled,
}: LoadOptions = {}): Promise<SqliteModule> {
  Object.assign(globalThis, {
    sqlite3ApiConfig: { disable: { vfs: { opfs: true, 'opfs-wl': true, kvvfs: true } } },
  })
  const { wasm } = await initialise(await compiled, wasmUrl)
  const module = createModule(wasm)
  return suspending ? suspendable(module) : module
}

async function initialise(
  compiled: CompiledSqlite | undefined,
  wasmUrl: string | undefined,
): ReturnType<Initialise> {
  const refusals = watchRefusals(globalThis)
  try {
    return await (compiled === undefined ? fetchSqlite(wasmUrl) : instantiate(compiled))
  } catch (error) {
    // A refusal is told in a turn of its own, after what was refused has failed.
    await new Promise((resolve) => setTimeout(resolve))
    throw toWasmError(error, wasmUrl, refusals)
  } finally {
    refusals.stop()
  }
}

const start = sqlite3InitModule as unknown as Initialise

async function fetchSqlite(wasmUrl: string | undefined): ReturnType<Initialise> {
  watchWasmArrival()
  return start(wasmUrl === undefined ? {} : { locateFile: () => wasmUrl })
}

async function instantiate({ module, served }: CompiledSqlite): ReturnType<Initialise> {
  noteWasmArrival(served)
  return new Promise((resolve, reject) => {
    const instantiateWasm: Instantiate = (imports, receive) => {
      WebAssembly.instantiate(module, imports).then((instance) => receive(instance, module), reject)
    }
    start({ instantiateWasm }).then(resolve, reject)
  })
}
