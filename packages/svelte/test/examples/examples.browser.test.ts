import { playExamples, type ExampleFiles } from '@datasync/conformance'
import { cleanup } from '@testing-library/svelte'
import { createRawSnippet, flushSync, mount, unmount, type Component } from 'svelte'
import Provider from './provider.svelte'
import TodoListTest from './todo-list-test.svelte'
import TodoList from './todo-list.svelte'

const files: ExampleFiles = {
  modules: import.meta.glob('../../run-examples/*.{ts,svelte}'),
  sources: import.meta.glob('../../run-examples/*.{ts,svelte}', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
}
let mounted: Record<string, unknown>[] = []

playExamples(files, {
  given: { TodoList, TodoListTest },
  mount: (module, database, element) => {
    const { default: example } = module as { default?: Component<Record<string, unknown>> }
    if (example === undefined) return
    const children = createRawSnippet(() => ({ render: () => '<p>The app</p>' }))
    const innerProps = { id: 1, list: 1, log: 1, database, children }
    mounted.push(mount(Provider, { target: element, props: { database, component: example, innerProps } }))
    flushSync()
  },
  unmount: () => {
    for (const component of mounted) void unmount(component)
    mounted = []
    cleanup()
  },
})
