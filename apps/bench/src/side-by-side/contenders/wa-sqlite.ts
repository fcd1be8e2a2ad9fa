import type { Contender } from '../contender.ts'
import { openWorkerSession } from './worker-session.ts'

/** On IndexedDB, by the VFS of which its README says that it is good for all purposes. */
export const waSqliteIdbBatchAtomic: Contender = {
  async open(database) {
    const worker = new Worker(new URL('./wa-sqlite/idb-batch-atomic.worker.ts', import.meta.url), {
      type: 'module',
    })
    return { kind: 'sql', ...(await openWorkerSession(worker, database, 'strict')) }
  },
}

/** On OPFS, by the fastest of those that a browser of today can have. */
export const waSqliteOpfsWriteAhead: Contender = {
  async open(database) {
    const worker = new Worker(new URL('./wa-sqlite/opfs-write-ahead.worker.ts', import.meta.url), {
      type: 'module',
    })
    return { kind: 'sql', ...(await openWorkerSession(worker, database, 'strict')) }
  },
}
