import type { Durability } from './data.ts'
import type { Session, Value } from './session.ts'

/** One call of a session, sent to the worker of a peer. */
export type PeerCall =
  | { readonly type: 'open'; readonly database: string; readonly durability: Durability }
  | { readonly type: 'run' | 'rows'; readonly sql: string; readonly parameters: readonly Value[] }
  | { readonly type: 'close' }

export type PeerAnswer = { readonly rows: readonly (readonly unknown[])[] } | { readonly error: string }

/** A session with a peer in its worker: one message there and one back for each call, as with our engine. */
export async function openPeerSession(
  worker: Worker,
  database: string,
  durability: Durability,
): Promise<Session> {
  // A port of our own: the worker of absurd-sql has other messages for the page as well.
  const { port1, port2 } = new MessageChannel()
  port1.start()
  worker.postMessage({ type: 'port', port: port2 }, [port2])

  function call(request: PeerCall): Promise<readonly (readonly unknown[])[]> {
    return new Promise((resolve, reject) => {
      const ended = new AbortController()
      const { signal } = ended
      worker.addEventListener('error', ({ message }) => reject(new Error(message)), { signal })
      port1.addEventListener(
        'message',
        ({ data }: MessageEvent<PeerAnswer>) => {
          ended.abort()
          if ('error' in data) reject(new Error(data.error))
          else resolve(data.rows)
        },
        { signal },
      )
      port1.postMessage(request)
    })
  }

  await call({ type: 'open', database, durability })
  return {
    async run(sql, parameters = []) {
      await call({ type: 'run', sql, parameters })
    },
    rows: (sql, parameters = []) => call({ type: 'rows', sql, parameters }),
    async close() {
      await call({ type: 'close' })
      worker.terminate()
    },
  }
}
