import type { SqliteMessage } from './compiled-sqlite.ts'
import type { PageMessage, WorkerMessage } from './protocol.ts'
import type { Transport } from './transport.ts'
import { compileSqlite } from './compiled-sqlite.ts'

/** Where the engine's worker comes from, if not from this package. */
export interface WorkerSource {
  readonly worker: (() => Worker) | undefined
  readonly wasmUrl: string | undefined
}

/** The link to an engine in a dedicated worker, which starts while the page compiles SQLite for it. */
export function createWorkerTransport({ worker: create, wasmUrl }: WorkerSource): Transport {
  const start =
    // Bundlers find workers by exactly this expression, with nothing in it replaced by a variable.
    create ?? (() => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' }))
  let worker: Worker | undefined
  let refusal: unknown
  try {
    worker = start()
    // A worker of somebody else's may have its file anywhere.
    if (create === undefined) bringSqlite(worker, wasmUrl ?? new URL('./sqlite3.wasm', import.meta.url))
    else if (wasmUrl !== undefined) bringSqlite(worker, wasmUrl)
  } catch (error) {
    refusal = error
  }

  return {
    post(message: PageMessage, transfer = []) {
      worker?.postMessage(message, [...transfer])
    },
    listen({ message, failure }) {
      if (worker === undefined) failure("The engine's worker could not be started.", refusal)
      worker?.addEventListener('message', (event: MessageEvent<WorkerMessage>) => message(event.data))
      worker?.addEventListener('messageerror', () => failure('A message of the worker could not be read.'))
      worker?.addEventListener('error', (event) => {
        // Else the browser reports it a second time, as an error of the page.
        event.preventDefault()
        failure(describe(event))
      })
    },
    terminate() {
      worker?.terminate()
    },
    examine: () => import('../doctor/doctor.ts').then(({ examineWorker }) => examineWorker(start)),
  }
}

function bringSqlite(worker: Worker, url: string | URL): void {
  const tell = (message: SqliteMessage): void => worker.postMessage(message)
  tell({ sqlite: 'coming' })
  void compileSqlite(url)
    .then((sqlite) => tell({ sqlite }))
    // What was compiled cannot be sent everywhere.
    .catch(() => tell({ sqlite: undefined }))
}

/** A script that could not be loaded gives a plain event, without a message. */
function describe(event: Event): string {
  const message = 'message' in event ? String(event.message) : ''
  return message === '' ? 'The script of the worker could not be loaded.' : `The worker failed: ${message}.`
}
