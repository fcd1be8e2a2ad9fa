import { live } from '@electric-sql/pglite/live'
import { PGliteWorker } from '@electric-sql/pglite/worker'
import { numberedParameters } from '../numbered-parameters.ts'
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

/** PGlite in its worker, on the faster one of its storages, with its extension for live queries. */
export function pgliteLive(method: 'query' | 'incrementalQuery'): Contender {
  return {
    name: method === 'query' ? 'pglite opfs-ahp' : 'pglite opfs-ahp, incrementalQuery',
    counts: 'each run calls back',
    async open(name) {
      const worker = new Worker(new URL('./pglite.worker.ts', import.meta.url), { type: 'module' })
      const database = await PGliteWorker.create(worker, {
        dataDir: `opfs-ahp://live-${method}-${name}`,
        extensions: { live },
      })
      await database.waitReady

      const query = async (
        sql: string,
        ...parameters: number[]
      ): Promise<Readonly<Record<string, unknown>>> => {
        const { rows } = await database.query<Record<string, unknown>>(numberedParameters(sql), parameters)
        return rows[0] ?? {}
      }
      const watch = async (sql: string, parameters: number[], show: Show): Promise<StopWatching> => {
        const statement = numberedParameters(sql)
        const { unsubscribe } =
          method === 'query'
            ? await database.live.query<ShownItem>(statement, parameters, ({ rows }) => show(rows))
            : await database.live.incrementalQuery<ShownItem>(statement, parameters, 'id', ({ rows }) =>
                show(rows),
              )
        return unsubscribe
      }

      return {
        async create(range) {
          for (const sql of [CREATE_ITEM, insertItems(range), CREATE_INDEX]) await query(sql)
        },
        async insert(range) {
          await query(insertItems(range))
        },
        async remove({ first, count }) {
          await query(DELETE_ITEMS, first, first + count)
        },
        async setVersion(id, version) {
          await query(UPDATE_ITEM, version, id)
        },
        async versionOf(id) {
          return Number((await query(SELECT_VERSION, id))['version'])
        },
        async count() {
          return Number((await query(COUNT_ITEMS))['count'])
        },
        watchItem: (id, show) => watch(SELECT_ITEM, [id], show),
        watchList: (show) => watch(SELECT_LIST, [], show),
        countRuns: undefined,
      }
    },
  }
}
