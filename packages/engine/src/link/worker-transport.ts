import type { PageMessage, WorkerMessage } from './protocol.ts'
import type { Transport } from './transport.ts'

/** The link to an engine in a dedicated worker. `create` replaces the worker that comes with this package. */
export function createWorkerTransport(create: (() => Worker) | undefined): Transport {
  const start =
    // Bundlers find workers by exactly this expression, with nothing in it replaced by a variable.
    create ?? (() => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' }))
  let worker: Worker | undefined
  let refusal: unknown
  try {
    worker = start()
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

/** A script that could not be loaded gives a plain event, without a message. */
function describe(event: Event): string {
  const message = 'message' in event ? String(event.message) : ''
  return message === '' ? 'The script of the worker could not be loaded.' : `The worker failed: ${message}.`
}
