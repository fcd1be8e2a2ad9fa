import { SQLocal } from 'sqlocal'
import type { Contender } from './contender.ts'

/**
 * sqlocal, with the option that its reactive queries need. Each tab has a connection of its own to the file; after a
 * write it names the changed tables on a channel, and the queries of all tabs that read them run again.
 */
export const sqlocalTabs: Contender = {
  name: 'sqlocal',
  isIsolated: true,
  hostless: 'each tab opens the file itself, and the tabs take turns',
  hasStandby: false,
  isSlow: false,
  async open(name) {
    const { sql, reactiveQuery, getDatabaseInfo } = new SQLocal({
      databasePath: `tabs-${name}.sqlite3`,
      reactive: true,
    })
    const { storageType } = await getDatabaseInfo()
    if (storageType !== 'opfs') throw new Error(`opened in ${storageType}, which was not asked for`)
    return {
      role: undefined,
      untilHost: () => Promise.reject(new Error('There is no host.')),
      async run(statement, parameters = []) {
        await sql(statement, ...parameters)
      },
      async first(statement) {
        return Object.values((await sql(statement))[0] ?? {})
      },
      watch: (statement, shown) =>
        new Promise((resolve, reject) => {
          const { unsubscribe } = reactiveQuery({ sql: statement, params: [] }).subscribe(([row = {}]) => {
            shown(Object.values(row))
            resolve(unsubscribe)
          }, reject)
        }),
    }
  },
}
