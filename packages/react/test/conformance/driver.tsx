import type {
  Driver,
  MountedPages,
  MountedQuery,
  MountedWriter,
  PagesProps,
  PagesResult,
  QueryProps,
  Rendering,
  TodoResult,
} from '@datasync/conformance'
import type { Database, MutationFunction, MutationResult, StatementInput } from '@datasync/engine'
import type { DehydratedState } from '@datasync/engine/hydration'
import { act, configure, render, type RenderOptions } from '@testing-library/react'
import type { ReactNode } from 'react'
import { DatabaseProvider, HydrationBoundary, useDatabaseStatus, useMutation } from '../../src/index.ts'
import { PagesView } from './pages-view.tsx'
import { TodoApp } from './todo-app.tsx'

configure({ asyncUtilTimeout: 10_000 })

export function createDriver(name: string, reactStrictMode: boolean): Driver {
  return {
    name,
    providerLine: '<DatabaseProvider database={db}>',
    serverModule: 'test/conformance/render-on-server.tsx',
    mount: (database, props) => mountQuery(database, props, { reactStrictMode }),
    hydrate: (database, props, container, state) =>
      mountQuery(
        database,
        props,
        { reactStrictMode, container: container as HTMLElement, hydrate: true },
        state,
      ),
    mountWriter: (database, work) => mountWriter(database, work, { reactStrictMode }),
    mountPages: (database, props) => mountPages(database, props, { reactStrictMode }),
    apply: (work) => act(work),
  }
}

async function mountQuery(
  database: Database | undefined,
  initialProps: QueryProps,
  options: RenderOptions,
  state?: DehydratedState,
): Promise<MountedQuery> {
  const renderings: Rendering[] = []
  let current: TodoResult | undefined
  let props = initialProps
  let isVisible = true
  const rendered = (shown: QueryProps, result: TodoResult): void => {
    // StrictMode runs each effect twice when a component is mounted.
    if (shown === renderings.at(-1)?.props) return
    current = result
    renderings.push({ props: shown, result })
  }
  const app = (): ReactNode =>
    provide(database, hydrated(state, <TodoApp {...props} isVisible={isVisible} rendered={rendered} />))

  const view = await act(async () => render(app(), options))
  const rerender = (): Promise<void> => act(async () => view.rerender(app()))
  return {
    container: view.container,
    renderings,
    current: () => {
      if (current === undefined) throw new Error('Nothing was rendered.')
      return current
    },
    setProps: (next) => {
      props = next
      return rerender()
    },
    setVisible: (next) => {
      isVisible = next
      return rerender()
    },
    unmount: () => act(async () => view.unmount()),
  }
}

async function mountWriter<Variables, Data>(
  database: Database,
  work: StatementInput | MutationFunction<Variables, Data>,
  options: RenderOptions,
): Promise<MountedWriter<Variables, Data>> {
  let mutation = {} as MutationResult<Variables, Data>
  let status = database.status.getSnapshot()
  function Writer(): ReactNode {
    mutation = useMutation<Data, Variables>(work as MutationFunction<Variables, Data>)
    status = useDatabaseStatus()
    return null
  }
  const view = await act(async () => render(provide(database, <Writer />), options))
  return {
    mutation: () => {
      const { status: state, data, error, isPending } = mutation
      return { status: state, data, error, isPending } as MutationResult<Variables, Data>
    },
    calls: mutation,
    status: () => status,
    unmount: () => act(async () => view.unmount()),
  }
}

async function mountPages(
  database: Database,
  initialProps: PagesProps,
  options: RenderOptions,
): Promise<MountedPages> {
  let current: PagesResult | undefined
  const rendered = (result: PagesResult): void => void (current = result)
  const app = (props: PagesProps): ReactNode =>
    provide(database, <PagesView {...props} rendered={rendered} />)

  const view = await act(async () => render(app(initialProps), options))
  return {
    container: view.container,
    current: () => {
      if (current === undefined) throw new Error('Nothing was rendered.')
      return current
    },
    setProps: (props) => act(async () => view.rerender(app(props))),
    unmount: () => act(async () => view.unmount()),
  }
}

function provide(database: Database | undefined, element: ReactNode): ReactNode {
  return database === undefined ? element : <DatabaseProvider database={database}>{element}</DatabaseProvider>
}

/** As pages do that a server rendered: the boundary is there on both sides. */
function hydrated(state: DehydratedState | undefined, element: ReactNode): ReactNode {
  return state === undefined ? element : <HydrationBoundary state={state}>{element}</HydrationBoundary>
}
