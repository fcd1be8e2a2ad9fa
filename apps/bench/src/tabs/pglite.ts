import { live } from '@electric-sql/pglite/live'
import { PGliteWorker } from '@electric-sql/pglite/worker'
import { numberedParameters } from '../numbered-parameters.ts'
import type { Contender } from './contender.ts'
import type { LeadershipMessage } from './pglite.worker.ts'

/**
 * PGlite with its worker for several tabs, of which one is elected to lead, and its extension for live queries, as
 * its documentation shows them. It recommends `idb`; `opfs-ahp` is its other storage in browsers.
 */
export function pgliteTabs(storage: 'idb' | 'opfs-ahp'): Contender {
  return {
    name: `pglite ${storage}`,
    isIsolated: false,
    hostless: undefined,
    hasStandby: false,
    isSlow: storage === 'idb',
    async open(name) {
      const worker = new Worker(new URL('./pglite.worker.ts', import.meta.url), { type: 'module' })
      const leadership = watchLeadership(worker)
      const database = await PGliteWorker.create(worker, {
        dataDir: `${storage}://tabs-${name}`,
        extensions: { live },
      })
      await database.waitReady
      return {
        get role() {
          return leadership.isOurs() ? 'host' : 'guest'
        },
        untilHost: () => leadership.gained,
        async run(sql, parameters = []) {
          await unlessLeaderChanges(database, database.query(numberedParameters(sql), [...parameters]))
        },
        async first(sql) {
          const { rows } = await database.query<unknown[]>(sql, [], { rowMode: 'array' })
          return rows[0] ?? []
        },
        async watch(sql, shown) {
          const { unsubscribe } = await database.live.query<object>(sql, [], ({ rows }) => {
            shown(Object.values(rows[0] ?? {}))
          })
          return unsubscribe
        },
      }
    },
  }
}

/** Its own `isLeader` stays false where the worker is elected before the page listens. */
function watchLeadership(worker: Worker): { isOurs(): boolean; readonly gained: Promise<void> } {
  let isOurs = false
  const gained = new Promise<void>((resolve) => {
    worker.addEventListener('message', ({ data }: MessageEvent<LeadershipMessage | undefined>) => {
      if (data?.type !== 'leads') return
      isOurs = true
      resolve()
    })
  })
  return { isOurs: () => isOurs, gained }
}

/**
 * A call that is under way when the leader changes may never settle: it waits for the new leader to give back a lock
 * that it had of the old one. An app has to give it up by itself.
 */
function unlessLeaderChanges<Result>(database: PGliteWorker, call: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const stop = database.onLeaderChange(() => {
      stop()
      reject(new Error('the leader changed'))
    })
    call.then(resolve, reject).finally(stop)
  })
}
