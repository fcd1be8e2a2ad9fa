import { onTestFinished } from 'vitest'
import { createDatabase, type Database, type DatabaseOptions } from '../../src/index.ts'
import type { PageMessage, Request, WorkerMessage } from '../../src/link/protocol.ts'
import { HELLO } from '../../src/link/hello.ts'
import { PROTOCOL_VERSION } from '../../src/link/protocol.ts'
import { createEngine, type Engine } from '../../src/worker/engine.ts'
import type { StoreChoice } from '../../src/worker/engine-host.ts'
import { memoryStore } from '../../src/worker/storage/memory-store.ts'

/** How a worker of these tests behaves. */
export interface WorkerBehaviour {
  /** Its script never arrives: nothing is ever heard of it. */
  readonly isSilent?: boolean
  /** The version of the protocol that it claims to speak. */
  readonly version?: number
  /** Where it keeps databases: in memory unless told. */
  readonly chooseStore?: StoreChoice['chooseStore']
}

/**
 * What a page sees of a worker, with the real engine in it. It can be made to hang and to die as a
 * worker does, which a real one could not be at an exact moment.
 */
export class InProcessWorker extends EventTarget {
  /** All that was posted to it, one entry a message. */
  readonly received: PageMessage[] = []
  isTerminated = false
  readonly #engine: Engine
  readonly #version: number
  #isHanging = false

  constructor(behaviour: WorkerBehaviour = {}) {
    super()
    const { isSilent = false, version = PROTOCOL_VERSION } = behaviour
    this.#version = version
    this.#isHanging = isSilent
    this.#engine = createEngine({
      post: (message) => this.#post(message),
      schedule: (task) => setImmediate(task),
      now: () => performance.now(),
      chooseStore: behaviour.chooseStore ?? (async () => memoryStore()),
    })
    setImmediate(() => this.#post({ ...HELLO, version }))
  }

  get requests(): readonly Request[] {
    return this.received.flatMap(({ requests }) => requests)
  }

  postMessage(message: PageMessage, transfer: Transferable[]): void {
    const copy = structuredClone(message, { transfer })
    this.received.push(copy)
    setImmediate(() => {
      if (!this.#isHanging && !this.isTerminated) this.#engine.receive(copy)
    })
  }

  terminate(): void {
    this.isTerminated = true
  }

  /** From now on it takes no message, as if a statement kept it busy. */
  hang(): void {
    this.#isHanging = true
  }

  /** An uncaught error, or a script that could not be loaded. */
  crash(message?: string): void {
    const event = new Event('error', { cancelable: true })
    this.dispatchEvent(message === undefined ? event : Object.assign(event, { message }))
  }

  #post(message: WorkerMessage): void {
    const data = structuredClone({ ...message, version: this.#version })
    setImmediate(() => {
      if (!this.#isHanging && !this.isTerminated) this.dispatchEvent(new MessageEvent('message', { data }))
    })
  }
}

export interface WithWorkers {
  readonly db: Database
  /** Those that were started, the newest last. */
  readonly workers: readonly InProcessWorker[]
  readonly newest: () => InProcessWorker
}

let created = 0

/** A database over workers that behave, one after another, as they are told: the last one for good. */
export function createWithWorkers(
  options: DatabaseOptions & { readonly name?: string } = {},
  ...behaviours: readonly WorkerBehaviour[]
): WithWorkers {
  const workers: InProcessWorker[] = []
  const { name = `workers-${++created}`, ...rest } = options
  const db = createDatabase(name, {
    storage: 'memory',
    worker: () => {
      const worker = new InProcessWorker(behaviours[Math.min(workers.length, behaviours.length - 1)])
      workers.push(worker)
      return worker as unknown as Worker
    },
    ...rest,
  })
  onTestFinished(() => db.close())
  return {
    db,
    workers,
    newest: () => {
      const worker = workers.at(-1)
      if (worker === undefined) throw new Error('No worker was started.')
      return worker
    },
  }
}
