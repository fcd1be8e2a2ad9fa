import createModule from '@journeyapps/wa-sqlite/dist/wa-sqlite.mjs'
import wasmUrl from '@journeyapps/wa-sqlite/dist/wa-sqlite.wasm?url'
import { OPFSWriteAheadVFS } from '@journeyapps/wa-sqlite/src/examples/OPFSWriteAheadVFS.js'
import { answerSessionCalls } from '../answer-session-calls.ts'
import { openWaSqlite } from './wa-sqlite-database.ts'

/** The synchronous build, which is enough for it. */
answerSessionCalls(async (name) => {
  const module: unknown = await createModule({ locateFile: () => wasmUrl })
  const vfs = await OPFSWriteAheadVFS.create(`wa-sqlite-${name}`, module)
  return openWaSqlite(module, vfs, name, ['synchronous = full'])
})
