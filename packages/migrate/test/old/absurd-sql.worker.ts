import initSqlJs from '@jlongster/sql.js'
import wasmUrl from '@jlongster/sql.js/dist/sql-wasm.wasm?url'
import { SQLiteFS } from 'absurd-sql'
import IndexedDBBackend from 'absurd-sql/dist/indexeddb-backend'

interface Call {
  readonly id: number
  readonly method: 'open' | 'query' | 'close'
  readonly text: string
}

type Engine = Awaited<ReturnType<typeof openEngine>>

let engine: Engine | undefined
let database: InstanceType<Engine['Database']> | undefined

/** As its README sets it up. */
async function openEngine() {
  const sqlJs = await initSqlJs({ locateFile: () => wasmUrl })
  const files = new SQLiteFS(sqlJs.FS, new IndexedDBBackend())
  sqlJs.register_for_idb(files)
  sqlJs.FS.mkdir('/sql')
  sqlJs.FS.mount(files, {}, '/sql')
  return sqlJs
}

addEventListener('message', ({ data }: MessageEvent<Call>) => {
  if (typeof data.method !== 'string') return
  void answer(data).then(
    (value) => postMessage({ id: data.id, value }),
    (error: unknown) => postMessage({ id: data.id, error: String(error) }),
  )
})

async function answer({ method, text }: Call): Promise<unknown> {
  if (method === 'open') {
    engine ??= await openEngine()
    database = new engine.Database(text, { filename: true })
    return null
  }
  if (method === 'query') return database?.exec(text)
  database?.close()
  return null
}
