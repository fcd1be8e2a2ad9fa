import type { PageMessage, WorkerMessage } from '../link/protocol.ts'
import { PROTOCOL_VERSION } from '../link/protocol.ts'
import { createEngine } from './engine.ts'
import { chooseStore, chooseTarget } from './storage/choose-store.ts'
import { IO_WORKER, type IoRequest } from './storage/indexeddb/io-protocol.ts'
import { serveExtents } from './storage/indexeddb/io-worker.ts'

if (self.name === IO_WORKER) startIo()
else startEngine()

/** The second worker of the bridge over shared memory, which runs this same script. */
function startIo(): void {
  serveExtents(
    (receive) => self.addEventListener('message', ({ data }: MessageEvent<IoRequest>) => receive(data)),
    (reply) => self.postMessage(reply),
  )
}

function startEngine(): void {
  /** Tasks that run after the messages which have arrived: a message to oneself queues behind them. */
  const tasks: (() => void)[] = []
  const { port1, port2 } = new MessageChannel()
  port1.addEventListener('message', () => tasks.shift()?.())
  port1.start()

  const engine = createEngine({
    post,
    schedule(task) {
      tasks.push(task)
      port2.postMessage(null)
    },
    now: () => performance.now(),
    chooseStore,
    chooseTarget,
  })

  self.addEventListener('message', ({ data }: MessageEvent<PageMessage>) => engine.receive(data))

  // Tells the page that the script has arrived and runs, however long the opening then takes.
  post({
    version: PROTOCOL_VERSION,
    commit: 0,
    updates: [],
    changes: undefined,
    replies: [],
    storage: undefined,
    remember: undefined,
  })
}

function post(message: WorkerMessage, transfer: readonly Transferable[] = []): void {
  self.postMessage(message, { transfer: [...transfer] })
}
