import type { WorkerMessage } from '../link/protocol.ts'
import type { WorkerCall } from './record-worker.ts'
import { startQuietTimer } from '../quiet-timer.ts'

/** What came of starting a worker. `version` is that of its protocol. */
export type ProbedWorker =
  | { readonly kind: 'spoke'; readonly version: number | undefined }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'silent' }

/** Starts the worker once more, to see what the browser makes of it, and ends it. */
export async function probeWorker({ url, type }: WorkerCall, patience: number): Promise<ProbedWorker> {
  let worker: Worker
  try {
    worker = new Worker(url, { type })
  } catch (error) {
    return { kind: 'refused', message: String(error) }
  }
  try {
    return await new Promise<ProbedWorker>((resolve) => {
      startQuietTimer(() => resolve({ kind: 'silent' }), patience)
      worker.addEventListener('message', ({ data }: MessageEvent<Partial<WorkerMessage>>) =>
        resolve({ kind: 'spoke', version: data.version }),
      )
      worker.addEventListener('error', (event: Event) => {
        event.preventDefault()
        resolve({ kind: 'failed', message: 'message' in event ? String(event.message) : '' })
      })
    })
  } finally {
    worker.terminate()
  }
}
