// What the examples for React take as given beside that.
import type * as hooks from '@datasync/react'
import type { DehydratedState } from '@datasync/engine/hydration'
import type * as engine from '@datasync/engine'
import type * as testing from '@testing-library/react'
import type * as react from 'react'
import type { createRoot as root } from 'react-dom/client'
import type { JSX as ReactJsx } from 'react'

declare global {
  const DatabaseProvider: typeof hooks.DatabaseProvider
  const useDatabaseStatus: typeof hooks.useDatabaseStatus
  const useMutation: typeof hooks.useMutation
  const useQuery: typeof hooks.useQuery
  const useSuspenseQuery: typeof hooks.useSuspenseQuery
  const createRoot: typeof root
  const render: typeof testing.render
  const useSyncExternalStore: typeof react.useSyncExternalStore

  // What the examples for the authors of adapters have.
  const observer: engine.QueryObserver<Todo>
  const options: { readonly database?: engine.Database }
  const provided: engine.Database | undefined
  const state: DehydratedState
  const work: engine.MutationFunction<never, unknown>
  const pool: {
    readonly query: (text: string) => Promise<readonly { readonly id: number; readonly title: string }[]>
  }

  const App: () => ReactJsx.Element
  const Todos: (props: { readonly list: number }) => ReactJsx.Element
  const Spinner: () => ReactJsx.Element
  const TodoList: () => ReactJsx.Element
  const Item: (props: { readonly todo: Todo }) => ReactJsx.Element
}
