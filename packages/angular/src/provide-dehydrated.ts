import { inject, provideAppInitializer, TransferState, type EnvironmentProviders } from '@angular/core'
import type { DehydratedState } from '@datasync/engine/hydration'
import { dehydratedKey } from './dehydrated-key.ts'

/**
 * For the configuration of the server: loads the rows that components will ask for before it draws them, and
 * hands them to the browser in `TransferState`. `injectHydrated` is what takes them, on both sides.
 *
 * @param load - What gives the rows, by `dehydrate`. May inject.
 * @param key - In `TransferState`, where an app has several databases.
 *
 * @example
 * const serverConfig: ApplicationConfig = {
 *   providers: [
 *     provideServerRendering(withRoutes(serverRoutes)),
 *     provideDehydrated(async () => dehydrate([{ statement: TODOS, rows: await loadTodos() }])),
 *   ],
 * }
 */
export function provideDehydrated(
  load: () => DehydratedState | Promise<DehydratedState>,
  key?: string,
): EnvironmentProviders {
  return provideAppInitializer(async () => {
    const transferred = inject(TransferState)
    transferred.set(dehydratedKey(key), await load())
  })
}
