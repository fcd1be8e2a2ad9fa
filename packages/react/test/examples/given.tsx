import { dehydrate } from '@datasync/engine/hydration'
import { DatabaseProvider, useDatabaseStatus, useMutation, useQuery, useSuspenseQuery } from '@datasync/react'
import { render } from '@testing-library/react'
import { useSyncExternalStore, type ReactNode } from 'react'

/** What every example gets that takes some of it. */
export const PROPS = { id: 1, list: 1, log: 1 }

/** What examples for React take as given, as `docs/examples/react.d.ts` has it. */
export const GIVEN = {
  DatabaseProvider,
  useDatabaseStatus,
  useMutation,
  useQuery,
  useSuspenseQuery,
  render,
  useSyncExternalStore,
  state: dehydrate([{ statement: 'select title from todo', rows: [{ title: 'milk' }] }]),
  App: TodoList,
  Todos: TodoList,
  TodoList,
  Spinner: () => <p>One moment</p>,
  Item: ({ todo }: { readonly todo: { readonly title: string } }) => <p>{todo.title}</p>,
}

function TodoList(): ReactNode {
  const { data = [] } = useQuery<{ id: number; title: string }>('select rowid as id, title from todo')
  return data.map(({ id, title }) => <p key={id}>{title}</p>)
}
