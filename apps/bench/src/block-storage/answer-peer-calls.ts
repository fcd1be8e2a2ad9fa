import type { Durability } from './data.ts'
import type { PeerAnswer, PeerCall } from './peer-session.ts'
import type { Value } from './session.ts'

/** What the worker of a peer does, each in the way that is best for it. */
export interface PeerDatabase {
  run(sql: string, parameters: readonly Value[]): void | Promise<void>
  rows(
    sql: string,
    parameters: readonly Value[],
  ): readonly (readonly unknown[])[] | Promise<readonly (readonly unknown[])[]>
  close(): void | Promise<void>
}

type OpenPeer = (database: string, durability: Durability) => Promise<PeerDatabase>

/** The worker's end of `openPeerSession`. */
export function answerPeerCalls(open: OpenPeer): void {
  self.addEventListener('message', ({ data }: MessageEvent<{ type?: string; port?: MessagePort }>) => {
    const { type, port } = data
    if (type !== 'port' || port === undefined) return
    let database: PeerDatabase | undefined
    port.addEventListener('message', async (event: MessageEvent<PeerCall>) => {
      port.postMessage(await answer(event.data))
    })
    port.start()

    async function answer(call: PeerCall): Promise<PeerAnswer> {
      try {
        if (call.type === 'open') database = await open(call.database, call.durability)
        else if (call.type === 'run') await database?.run(call.sql, call.parameters)
        else if (call.type === 'rows')
          return { rows: (await database?.rows(call.sql, call.parameters)) ?? [] }
        else await database?.close()
        return { rows: [] }
      } catch (error) {
        return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
      }
    }
  })
}
