/** The worker of the engine, of which a test hears what is said to it, and which it can make die. */
export interface WatchedWorker {
  /** For the option `worker` of a database. */
  readonly create: () => Worker
  /** How many live queries the worker was asked to keep up to date, and not yet told to let go. */
  readonly observed: () => number
  /** How many updates of live queries it has sent. */
  readonly updates: () => number
  readonly kill: () => void
}

interface Requests {
  readonly requests: readonly { readonly type: string; readonly payload: { readonly live?: number } | null }[]
}

export function createWatchedWorker(): WatchedWorker {
  const observed = new Set<number | undefined>()
  let updates = 0
  const hash = `#${crypto.randomUUID()}`
  const channel = new BroadcastChannel(hash)

  const listen = ({ requests }: Requests): void => {
    for (const { type, payload } of requests) {
      if (type === 'observe') observed.add(payload?.live)
      if (type === 'unobserve') observed.delete(payload?.live)
    }
  }
  return {
    create: () => {
      const { href } = new URL('./mortal-worker.ts', import.meta.url)
      const worker = new Worker(href + hash, { type: 'module' })
      const post = worker.postMessage.bind(worker) as (message: Requests, transfer: Transferable[]) => void
      worker.postMessage = (message: Requests, transfer: unknown) => {
        listen(message)
        post(message, transfer as Transferable[])
      }
      worker.addEventListener(
        'message',
        ({ data }: MessageEvent<{ readonly updates: readonly unknown[] }>) => {
          updates += data.updates.length
        },
      )
      return worker
    },
    observed: () => observed.size,
    updates: () => updates,
    kill: () => channel.postMessage(null),
  }
}
