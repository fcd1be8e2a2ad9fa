import { SQLocal } from 'sqlocal'
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

/** sqlocal, with the option that its reactive queries need. */
export const sqlocalLive: Contender = {
  name: 'sqlocal',
  counts: 'each run calls back',
  async open(name) {
    const { sql, reactiveQuery, getDatabaseInfo } = new SQLocal({
      databasePath: `live-${name}.sqlite3`,
      reactive: true,
    })
    const { storageType } = await getDatabaseInfo()
    if (storageType !== 'opfs') throw new Error(`opened in ${storageType}, which was not asked for`)

    const watch = (statement: string, params: number[], show: Show): Promise<StopWatching> =>
      new Promise((resolve, reject) => {
        const { unsubscribe } = reactiveQuery<ShownItem>({ sql: statement, params }).subscribe((rows) => {
          show(rows)
          resolve(unsubscribe)
        }, reject)
      })

    return {
      async create(range) {
        for (const statement of [CREATE_ITEM, insertItems(range), CREATE_INDEX]) await sql(statement)
      },
      async insert(range) {
        await sql(insertItems(range))
      },
      async remove({ first, count }) {
        await sql(DELETE_ITEMS, first, first + count)
      },
      async setVersion(id, version) {
        await sql(UPDATE_ITEM, version, id)
      },
      async versionOf(id) {
        return Number((await sql(SELECT_VERSION, id))[0]?.['version'])
      },
      async count() {
        return Number((await sql(COUNT_ITEMS))[0]?.['count'])
      },
      watchItem: (id, show) => watch(SELECT_ITEM, [id], show),
      watchList: (show) => watch(SELECT_LIST, [], show),
      countRuns: undefined,
    }
  },
}
