import { requireDatabase, type Database } from '@datasync/engine'
import { getContext, setContext } from 'svelte'

const DATABASE_KEY = Symbol('datasync')

/**
 * Gives this component and those below it a database. It neither opens nor closes it: the first query
 * does the one, your own code the other.
 *
 * @param database - What `createDatabase()` returned, made once, outside of any component.
 *
 * @example
 * <script lang="ts">
 *   const { children } = $props()
 *   setDatabase(db)
 * </script>
 *
 * {@render children()}
 */
export function setDatabase(database: Database): void {
  setContext(DATABASE_KEY, database)
}

/**
 * The database of the nearest component that called `setDatabase`, for calls in event handlers and
 * effects. To be called while a component is set up.
 *
 * @param database - Taken instead of the provided one, if given. Lets a function of your own have an
 * option `database` as those of this package do.
 * @throws DataSyncError `missing-provider` if there is neither.
 *
 * @example
 * const db = getDatabase()
 * const clear = () => db.run('delete from todo where done')
 */
export function getDatabase(database?: Database): Database {
  return requireDatabase(database ?? findDatabase(), 'setDatabase(db) in a component above this one')
}

function findDatabase(): Database | undefined {
  try {
    return getContext<Database | undefined>(DATABASE_KEY)
  } catch {
    // Svelte throws outside of components, and has no way to ask first.
    return undefined
  }
}
