// What the examples for React take as given beside that.
import type * as hooks from '@datasync/react'
import type { createRoot as root } from 'react-dom/client'
import type { JSX as ReactJsx } from 'react'

declare global {
  const DatabaseProvider: typeof hooks.DatabaseProvider
  const useDatabaseStatus: typeof hooks.useDatabaseStatus
  const useMutation: typeof hooks.useMutation
  const useQuery: typeof hooks.useQuery
  const useSuspenseQuery: typeof hooks.useSuspenseQuery
  const createRoot: typeof root

  const App: () => ReactJsx.Element
  const Todos: (props: { readonly list: number }) => ReactJsx.Element
  const TodoList: () => ReactJsx.Element
  const Item: (props: { readonly todo: Todo }) => ReactJsx.Element
}
