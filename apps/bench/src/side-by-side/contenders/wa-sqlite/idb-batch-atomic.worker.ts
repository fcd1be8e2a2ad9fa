import createModule from '@journeyapps/wa-sqlite/dist/wa-sqlite-async.mjs'
import wasmUrl from '@journeyapps/wa-sqlite/dist/wa-sqlite-async.wasm?url'
import { IDBBatchAtomicVFS } from '@journeyapps/wa-sqlite/src/examples/IDBBatchAtomicVFS.js'
import { answerSessionCalls } from '../answer-session-calls.ts'
import { openWaSqlite } from './wa-sqlite-database.ts'

/** Its types are those of an older version. */
const BatchAtomicVfs = IDBBatchAtomicVFS as unknown as {
  create(name: string, module: unknown): Promise<SQLiteVFS>
}

/** The build with Asyncify, which IndexedDB needs. */
answerSessionCalls(async (name, durability) => {
  const module: unknown = await createModule({ locateFile: () => wasmUrl })
  const vfs = await BatchAtomicVfs.create(`wa-sqlite-${name}`, module)
  // `full` is its default as well.
  return openWaSqlite(module, vfs, name, [`synchronous = ${durability === 'strict' ? 'full' : 'normal'}`])
})
