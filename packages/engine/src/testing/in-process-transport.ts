import type { Transport, TransportListeners } from '../link/transport.ts'
import type { EngineHost } from '../worker/engine-host.ts'
import { createEngine } from '../worker/engine.ts'
import { createMacrotasks } from './macrotasks.ts'

/** A link to an engine in this very thread. */
export interface InProcessTransport extends Transport {
  /** Whether nothing is on its way, and the engine has nothing left to do. */
  readonly isIdle: boolean
}

/**
 * The link of a worker without the worker: each message is copied, and arrives in a turn of its own,
 * after those that were sent before it.
 */
export function createInProcessTransport(chooseStore: EngineHost['chooseStore']): InProcessTransport {
  const tasks = createMacrotasks()
  let listeners: TransportListeners | undefined
  const engine = createEngine({
    post(message, transfer) {
      const copy = structuredClone(message, { transfer: [...transfer] })
      tasks.add(() => listeners?.message(copy))
    },
    schedule: (task) => tasks.add(task),
    now: () => performance.now(),
    chooseStore,
  })

  return {
    get isIdle() {
      return tasks.isIdle && engine.isIdle()
    },
    post(message, transfer = []) {
      const copy = structuredClone(message, { transfer: [...transfer] })
      tasks.add(() => engine.receive(copy))
    },
    listen(to) {
      listeners = to
    },
    terminate() {
      listeners = undefined
      tasks.close()
    },
  }
}
