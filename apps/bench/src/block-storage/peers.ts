import { initBackend } from 'absurd-sql/dist/indexeddb-main-thread'
import type { Contender } from './contender.ts'
import { openPeerSession } from './peer-session.ts'
import { sqlTasks } from './sql-tasks.ts'

/** Its transactions name no durability, which in Chromium is `relaxed`. */
export const absurdSql: Contender = {
  name: 'absurd-sql',
  isIsolated: true,
  durabilities: ['relaxed'],
  forgets: undefined,
  tasks: sqlTasks((database, durability) => {
    const worker = new Worker(new URL('./absurd-sql.worker.ts', import.meta.url), { type: 'module' })
    initBackend(worker)
    return openPeerSession(worker, database, durability)
  }, 'relaxed'),
}

/** `strict` is its default, `synchronous = full`; `relaxed` is `synchronous = normal`. */
export const waSqlite: Contender = {
  name: 'wa-sqlite, IDBBatchAtomicVFS',
  isIsolated: true,
  durabilities: ['strict', 'relaxed'],
  forgets: undefined,
  tasks: sqlTasks((database, durability) => {
    const worker = new Worker(new URL('./wa-sqlite.worker.ts', import.meta.url), { type: 'module' })
    return openPeerSession(worker, database, durability)
  }, 'strict'),
}
