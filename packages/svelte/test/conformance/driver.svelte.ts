import type { Driver, MountedQuery, MountedWriter, QueryProps, Rendering } from '@datasync/conformance'
import type {
  Database,
  DatabaseStatus,
  MutationFunction,
  MutationResult,
  StatementInput,
} from '@datasync/engine'
import { hydrate as hydrateRows } from '@datasync/engine/hydration'
import { hydrate, mount, tick, unmount, type Component } from 'svelte'
import { provided, type Provided } from '../support/provided.ts'
import Provider from '../support/provider.svelte'
import TodoApp from './todo-app.svelte'
import { mountPages } from './mount-pages.svelte.ts'
import type { TodoAppProps } from './todo-app-props.ts'
import Writer from './writer.svelte'

export function createDriver(
  name: string,
  view: Component<TodoAppProps>,
  serverModule: string,
  gaps: Readonly<Record<string, string>> = {},
): Driver {
  return {
    name,
    providerLine: 'setDatabase(db)',
    serverModule,
    gaps,
    mount: async (database, asked) =>
      mountQuery((options) => mount(Provider, options), view, database, asked, createContainer()),
    hydrate: async (database, asked, container, state) => {
      const hydrated = state ? hydrateRows(database, state) : database
      return mountQuery((options) => hydrate(Provider, options), view, hydrated, asked, container)
    },
    mountWriter,
    mountPages,
    apply,
  }
}

function mountQuery(
  start: (options: { readonly target: Element; readonly props: Provided }) => Record<string, unknown>,
  view: Component<TodoAppProps>,
  database: Database | undefined,
  initial: QueryProps,
  target: Element,
): MountedQuery {
  const renderings: Rendering[] = []
  let asked = $state.raw(initial)
  let isVisible = $state(true)
  const component = start({
    target,
    props: provided(database, TodoApp, {
      view,
      get asked() {
        return asked
      },
      get isVisible() {
        return isVisible
      },
      rendered: (props: QueryProps, result: Rendering['result']) => void renderings.push({ props, result }),
    }),
  })
  return {
    container: target,
    renderings,
    current: () => {
      const result = renderings.at(-1)?.result
      if (result === undefined) throw new Error('Nothing was rendered.')
      return result
    },
    setProps: (props) => {
      asked = props
      return tick()
    },
    setVisible: (next) => {
      isVisible = next
      return tick()
    },
    unmount: () => unmount(component),
  }
}

async function mountWriter<Variables, Data>(
  database: Database,
  work: StatementInput | MutationFunction<Variables, Data>,
): Promise<MountedWriter<Variables, Data>> {
  let mutation = {} as MutationResult<Variables, Data>
  let status = {} as DatabaseStatus
  const component = mount(Provider, {
    target: createContainer(),
    props: provided(database, Writer, {
      work: work as MutationFunction<unknown, unknown>,
      created: (createdMutation, createdStatus) => {
        mutation = createdMutation as MutationResult<Variables, Data>
        status = createdStatus
      },
    }),
  })
  return {
    mutation: () => {
      const { status: state, data, error, isPending } = mutation
      return { status: state, data, error, isPending } as MutationResult<Variables, Data>
    },
    calls: mutation,
    status: () => status,
    unmount: () => unmount(component),
  }
}

async function apply<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work()
  } finally {
    await tick()
  }
}

function createContainer(): Element {
  return document.body.appendChild(document.createElement('div'))
}
