import type { MountedPages, PagesProps, PagesResult } from '@datasync/conformance'
import type { Database } from '@datasync/engine'
import { render } from '@testing-library/vue'
import { defineComponent, nextTick, type PropType } from 'vue'
import { dataSync, useInfiniteQuery } from '../../src/index.ts'
import { drawTodos } from './draw-todos.ts'

export async function mountPages(database: Database, asked: PagesProps): Promise<MountedPages> {
  const made: (() => PagesResult)[] = []
  const Pages = defineComponent({
    props: { asked: { type: Object as PropType<PagesProps>, required: true } },
    setup(props) {
      const query = useInfiniteQuery(
        () => props.asked.statement,
        () => props.asked.parameters,
        () => props.asked.options,
      )
      made.push(() => ({ ...valuesOf(query), refetch, loadNext, loadPrevious }) as PagesResult)
      const { refetch, loadNext, loadPrevious } = query
      return () => drawTodos(query)
    },
  })
  const view = render(Pages, { props: { asked }, global: { plugins: [dataSync(database)] } })
  await nextTick()
  const [current] = made
  if (current === undefined) throw new Error('The component was not set up.')
  return {
    container: view.container,
    current,
    setProps: async (next) => {
      await view.rerender({ asked: next })
      await nextTick()
    },
    unmount: async () => view.unmount(),
  }
}

function valuesOf(query: ReturnType<typeof useInfiniteQuery>): Record<string, unknown> {
  const refs = Object.entries(query).filter(([, field]) => typeof field === 'object')
  return Object.fromEntries(refs.map(([name, ref]) => [name, (ref as { readonly value: unknown }).value]))
}
