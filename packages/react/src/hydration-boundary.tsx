import type { Database } from '@datasync/engine'
import { hydrate, type DehydratedState } from '@datasync/engine/hydration'
import type { ReactElement, ReactNode } from 'react'
import { DatabaseContext } from './database-context.ts'
import { useDatabase } from './use-database.ts'

export interface HydrationBoundaryProps {
  /** What `dehydrate` made on the server; without it, the boundary changes nothing. */
  readonly state: DehydratedState | undefined
  /** Taken instead of the provider's, if given. */
  readonly database?: Database
  readonly children?: ReactNode
}

/**
 * Lets the queries of the components below it show the rows that the server had, until their live ones are there:
 * on the server, in the hydration, and when a router brings another page with rows of its own.
 *
 * @throws DataSyncError `missing-provider` if there is no database, `invalid-argument` if `state` is none.
 *
 * @example
 * export default async function Page() {
 *   const state = dehydrate([{ statement: TODOS, rows: await loadTodos() }])
 *   return (
 *     <HydrationBoundary state={state}>
 *       <TodoList />
 *     </HydrationBoundary>
 *   )
 * }
 */
export function HydrationBoundary({ state, database, children }: HydrationBoundaryProps): ReactElement {
  const provided = useDatabase(database)
  return <DatabaseContext value={state ? hydrate(provided, state) : provided}>{children}</DatabaseContext>
}
