import type { Database } from '@datasync/engine'
import type { Plugin } from 'vue'
import { databaseKey } from './database-key.ts'

/**
 * The plugin that gives an app its database. It neither opens nor closes it: the first query does the
 * one, your own code the other.
 *
 * @example
 * const db = createDatabase('shop', { migrations })
 *
 * createApp(App).use(dataSync(db)).mount('#app')
 */
export function dataSync(database: Database): Plugin {
  return { install: (app) => void app.provide(databaseKey, database) }
}
