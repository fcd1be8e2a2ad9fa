import type { Database } from '@datasync/engine'
import type { ReactElement, ReactNode } from 'react'
import { DatabaseContext } from './database-context.ts'

export interface DatabaseProviderProps {
  /** What `createDatabase()` returned, made once, outside of any component. */
  readonly database: Database
  readonly children?: ReactNode
}

/**
 * Gives the components below it a database. It neither opens nor closes it: the first query does the
 * one, your own code the other.
 *
 * @example
 * const db = createDatabase('shop', { migrations })
 *
 * createRoot(element).render(
 *   <DatabaseProvider database={db}>
 *     <App />
 *   </DatabaseProvider>,
 * )
 */
export function DatabaseProvider({ database, children }: DatabaseProviderProps): ReactElement {
  return <DatabaseContext value={database}>{children}</DatabaseContext>
}
