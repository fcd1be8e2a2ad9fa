import { initBackend } from 'absurd-sql/dist/indexeddb-main-thread'
import type { Contender } from '../contender.ts'
import { openWorkerSession } from './worker-session.ts'

/** Its transactions name no durability, which in Chromium is `relaxed`. */
export const absurdSql: Contender = {
  async open(database) {
    const worker = new Worker(new URL('./absurd-sql/absurd-sql.worker.ts', import.meta.url), {
      type: 'module',
    })
    initBackend(worker)
    return { kind: 'sql', ...(await openWorkerSession(worker, database, 'relaxed')) }
  },
}
