import { servedAs, type ServedFile } from '../doctor/served-file.ts'
import { compileWasm } from './compile-wasm.ts'

/** SQLite as the page has compiled it, for a worker that started meanwhile. */
export interface CompiledSqlite {
  readonly module: WebAssembly.Module
  readonly served: ServedFile
}

/** What the page tells the worker before anything else, and when it is known what came of it. */
export interface SqliteMessage {
  readonly sqlite: 'coming' | CompiledSqlite | undefined
}

/** Gives nothing where it fails for any reason: the worker then tries for itself, and finds the reason. */
export async function compileSqlite(url: string | URL): Promise<CompiledSqlite | undefined> {
  try {
    const response = await fetch(url)
    const served = servedAs(response)
    return { module: await compileWasm(response, served.type), served }
  } catch {
    return undefined
  }
}
