import type {
  Bridge,
  Reply,
  Request,
  RequestType,
  RequestTypes,
  WorkerMessage,
} from '../../src/link/protocol.ts'
import { PROTOCOL_VERSION } from '../../src/link/protocol.ts'
import { OPEN_DEFAULTS } from '../support/open-defaults.ts'

/** The built worker, spoken to directly, so that a test can end it at a moment of its own choosing. */
export interface RawEngine {
  call<Type extends RequestType>(
    type: Type,
    payload: RequestTypes[Type]['payload'],
  ): Promise<RequestTypes[Type]['reply']>
  kill(): void
}

/** Where the database is to be kept, and how it is reached there. */
export type RawStorage =
  | { readonly storage: 'opfs'; readonly bridge?: undefined }
  | { readonly storage: 'indexeddb'; readonly bridge: Bridge }

export async function openRawEngine(name: string, { storage, bridge }: RawStorage): Promise<RawEngine> {
  const worker = new Worker(new URL('../../dist/worker.js', import.meta.url), { type: 'module' })
  const waiting = new Map<number, (reply: Reply) => void>()
  let lastId = 0
  worker.addEventListener('message', ({ data }: MessageEvent<WorkerMessage>) => {
    for (const reply of data.replies) waiting.get(reply.id)?.(reply)
  })
  const engine: RawEngine = {
    async call(type, payload) {
      const id = ++lastId
      const reply = await new Promise<Reply>((resolve) => {
        waiting.set(id, resolve)
        worker.postMessage({ version: PROTOCOL_VERSION, requests: [{ id, type, payload } as Request] })
      })
      waiting.delete(id)
      if (!reply.ok) throw new Error(reply.error.message)
      return reply.value
    },
    kill: () => worker.terminate(),
  }
  await engine.call('open', {
    ...OPEN_DEFAULTS,
    name,
    storage,
    cacheSize: 1024,
    blocks: { ...OPEN_DEFAULTS.blocks, bridge: bridge ?? 'auto' },
  })
  return engine
}
