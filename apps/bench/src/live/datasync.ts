import { createDatabase, type QueryObserver } from '@datasync/engine'
import type { Contender, Show, ShownItem, StopWatching } from './contender.ts'
import {
  COUNT_ITEMS,
  CREATE_INDEX,
  CREATE_ITEM,
  DELETE_ITEMS,
  insertItems,
  SELECT_ITEM,
  SELECT_LIST,
  SELECT_VERSION,
  UPDATE_ITEM,
} from './data.ts'

/** DataSync with its defaults. */
export function datasyncLive(storage: 'opfs' | 'indexeddb'): Contender {
  return {
    name: storage === 'opfs' ? 'DataSync opfs' : 'DataSync indexeddb (sab)',
    counts: 'runs are told by `liveQueries`',
    async open(name) {
      const database = createDatabase(`live-${storage}-${name}`, { storage })
      await database.ready
      const { backend } = database.status.getSnapshot().storage ?? {}
      if (backend !== storage) throw new Error(`opened in ${backend}, which was not asked for`)
      return {
        async create(range) {
          for (const sql of [CREATE_ITEM, insertItems(range), CREATE_INDEX]) await database.run(sql)
        },
        async insert(range) {
          await database.run(insertItems(range))
        },
        async remove({ first, count }) {
          await database.run(DELETE_ITEMS, [first, first + count])
        },
        async setVersion(id, version) {
          await database.run(UPDATE_ITEM, [version, id])
        },
        async versionOf(id) {
          return Number((await database.get<ShownItem>(SELECT_VERSION, [id]))?.version)
        },
        async count() {
          return Number((await database.get<{ readonly count: number }>(COUNT_ITEMS))?.count)
        },
        watchItem: (id, show) => watch(database.observe<ShownItem>(SELECT_ITEM, [id]), show),
        watchList: (show) => watch(database.observe<ShownItem>(SELECT_LIST), show),
        countRuns() {
          // Runs that changed nothing are told only while somebody listens.
          database.liveQueries.subscribe(() => undefined)
          const count = (): number =>
            database.liveQueries.getSnapshot().reduce((sum, { runs }) => sum + runs, 0)
          const before = count()
          return () => count() - before
        },
      }
    },
  }
}

async function watch(observer: QueryObserver<ShownItem>, show: Show): Promise<StopWatching> {
  const stop = observer.subscribe(() => {
    const { data, error } = observer.getSnapshot()
    if (error !== undefined) throw error
    if (data !== undefined) show(data)
  })
  await observer.load()
  return stop
}
