import type { SqliteMessage } from '../link/compiled-sqlite.ts'
import type { PageMessage, WorkerMessage } from '../link/protocol.ts'
import { HELLO } from '../link/hello.ts'
import { createEngine } from './engine.ts'
import { Hosting } from './hosting/hosting.ts'
import { PageSqlite } from './sqlite/page-sqlite.ts'
import { chooseStore, chooseTarget, likelySuspends } from './storage/choose-store.ts'
import { readForEngine } from './storage/indexeddb/extent-reader.ts'
import { READER_WORKER, type ReaderSetup, type ReadRequest } from './storage/indexeddb/reader-protocol.ts'

if (self.name === READER_WORKER) startReader()
else startEngine()

/** The second worker of the bridge over shared memory, which runs this same script. */
function startReader(): void {
  let read: ((request: ReadRequest) => Promise<void>) | undefined
  self.addEventListener('message', ({ data }: MessageEvent<ReaderSetup | ReadRequest>) => {
    if ('answers' in data) {
      read = readForEngine(data)
      self.postMessage('ready')
    } else void read?.(data)
  })
}

function startEngine(): void {
  /** Tasks that run after the messages which have arrived: a message to oneself queues behind them. */
  const tasks: (() => void)[] = []
  const { port1, port2 } = new MessageChannel()
  port1.addEventListener('message', () => tasks.shift()?.())
  port1.start()

  const sqlite = new PageSqlite()
  const engine = createEngine({
    post,
    schedule(task) {
      tasks.push(task)
      port2.postMessage(null)
    },
    now: () => performance.now(),
    chooseStore,
    chooseTarget,
    suspends: likelySuspends,
    compiledSqlite: () => sqlite.compiled,
    host: (hosted, options, epoch) => new Hosting(hosted, options, epoch),
  })

  self.addEventListener('message', ({ data }: MessageEvent<PageMessage | SqliteMessage>) => {
    if ('sqlite' in data) sqlite.receive(data)
    else engine.receive(data)
  })

  post(HELLO)
}

function post(message: WorkerMessage, transfer: readonly Transferable[] = []): void {
  self.postMessage(message, { transfer: [...transfer] })
}
