import type { Contender } from '../contender.ts'
import { openWorkerSession } from './worker-session.ts'

/** The official build without any library around it. Its OPFS flushes what it acknowledges. */
export function official(vfs: 'opfs-sahpool' | 'opfs' | 'memory'): Contender {
  return {
    async open(database) {
      const worker = new Worker(new URL('./official/official.worker.ts', import.meta.url), { type: 'module' })
      const durability = vfs === 'memory' ? 'none' : 'strict'
      return { kind: 'sql', ...(await openWorkerSession(worker, `${vfs} ${database}`, durability)) }
    },
  }
}
