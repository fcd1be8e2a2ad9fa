import type {
  Driver,
  MountedQuery,
  MountedWriter,
  QueryProps,
  Rendering,
  TodoResult,
} from '@datasync/conformance'
import type { Database, MutationFunction, MutationSnapshot, StatementInput } from '@datasync/engine'
import { hydrate } from '@datasync/engine/hydration'
import { render } from '@testing-library/vue'
import { createSSRApp, defineComponent, h, nextTick, shallowReactive } from 'vue'
import { dataSync, useDatabaseStatus, useMutation } from '../../src/index.ts'
import { mountPages } from './mount-pages.ts'
import { TodoApp, type Rendered } from './todo-app.ts'

interface AppProps {
  readonly query: QueryProps
  readonly isVisible: boolean
  readonly rendered: Rendered
}

interface App {
  readonly container: Element
  rerender(props: Partial<AppProps>): unknown
  unmount(): void
}

export const driver: Driver = {
  name: 'Vue',
  providerLine: 'app.use(dataSync(db))',
  serverModule: 'test/conformance/render-on-server.ts',
  mount: (database, query) =>
    mountQuery(query, (props) => {
      const plugins = database === undefined ? [] : [dataSync(database)]
      return render(TodoApp, { props, global: { plugins } })
    }),
  hydrate: (database, query, container, state) =>
    mountQuery(query, (initial) => {
      const props = shallowReactive(initial)
      const app = createSSRApp({ render: () => h(TodoApp, props) })
      app.use(dataSync(state ? hydrate(database, state) : database))
      app.mount(container)
      return {
        container,
        rerender: (next) => Object.assign(props, next),
        unmount: () => app.unmount(),
      }
    }),
  mountWriter,
  mountPages,
  apply: async (work) => {
    const value = await work()
    await nextTick()
    return value
  },
}

async function mountQuery(query: QueryProps, mount: (props: AppProps) => App): Promise<MountedQuery> {
  const renderings: Rendering[] = []
  let current: (() => TodoResult) | undefined
  const rendered: Rendered = (props, read) => {
    renderings.push({ props, result: read() })
    current = read
  }
  const app = mount({ query, isVisible: true, rendered })
  await nextTick()
  const rerender = async (props: Partial<AppProps>): Promise<void> => {
    app.rerender(props)
    await nextTick()
  }
  return {
    container: app.container,
    renderings,
    current: () => {
      if (current === undefined) throw new Error('Nothing was rendered.')
      return current()
    },
    setProps: (next) => rerender({ query: next }),
    setVisible: (isVisible) => rerender({ isVisible }),
    unmount: async () => app.unmount(),
  }
}

async function mountWriter<Variables, Data>(
  database: Database,
  work: StatementInput | MutationFunction<Variables, Data>,
): Promise<MountedWriter<Variables, Data>> {
  const setUp = () => ({
    mutation: useMutation<Data, Variables>(work as MutationFunction<Variables, Data>),
    status: useDatabaseStatus(),
  })
  const made: ReturnType<typeof setUp>[] = []
  const Writer = defineComponent({
    setup: () => {
      made.push(setUp())
      return () => null
    },
  })
  const view = render(Writer, { global: { plugins: [dataSync(database)] } })
  const [writer] = made
  if (writer === undefined) throw new Error('The component was not set up.')
  const { data, error, status, isPending, ...calls } = writer.mutation
  return {
    mutation: () =>
      ({
        status: status.value,
        data: data.value,
        error: error.value,
        isPending: isPending.value,
      }) as MutationSnapshot<Data>,
    calls,
    status: () => writer.status.value,
    unmount: async () => view.unmount(),
  }
}
