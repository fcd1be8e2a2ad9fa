import { requireDatabase, type Database } from '@datasync/engine'
import { computed, hasInjectionContext, inject, provide, type ComputedRef, type Plugin } from 'vue'

const DATABASE_KEY = Symbol('datasync')

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
  return { install: (app) => void app.provide(DATABASE_KEY, database) }
}

/**
 * Gives the components below this one another database than that of the app. This component itself
 * asks for it by the option `database`.
 *
 * @example
 * provideDatabase(archive)
 */
export function provideDatabase(database: Database): void {
  provide(DATABASE_KEY, database)
}

/**
 * The database of the app, for calls in event handlers and watchers.
 *
 * @param database - Taken instead of the app's, if given. Lets a composable of your own have an option
 * `database` as those of this package do.
 * @throws DataSyncError `missing-provider` if there is neither.
 *
 * @example
 * const db = useDatabase()
 * const clear = () => db.run('delete from todo where done')
 */
export function useDatabase(database?: Database): Database {
  return followDatabase(() => database).value
}

/** The database that an option names at the moment, or else that of the app. */
export function followDatabase(choose: () => Database | undefined): ComputedRef<Database> {
  const provided = hasInjectionContext() ? inject<Database | undefined>(DATABASE_KEY, undefined) : undefined
  const database = computed(() => requireDatabase(choose() ?? provided, 'app.use(dataSync(db))'))
  // That there is none is told here rather than where a result is read.
  void database.value
  return database
}
