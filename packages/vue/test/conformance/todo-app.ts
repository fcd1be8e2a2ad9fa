import type { QueryProps, TodoResult } from '@datasync/conformance'
import { defineComponent, h, KeepAlive, onMounted, onUpdated, type PropType } from 'vue'
import { useQuery } from '../../src/index.ts'
import { drawTodos } from './draw-todos.ts'

/** Told of a rendering, and how to read what the component has now. */
export type Rendered = (props: QueryProps, read: () => TodoResult) => void

const QUERY_PROPS = {
  query: { type: Object as PropType<QueryProps>, required: true as const },
  rendered: { type: Function as PropType<Rendered | undefined>, default: undefined },
}

/** Asks what its props say, as they change. */
const TodoView = defineComponent({
  props: QUERY_PROPS,
  setup(props) {
    const { data, error, status, isPending, isFetching, isStale, refetch } = useQuery(
      () => props.query.statement,
      () => props.query.parameters,
      () => props.query.options,
    )
    const read = (): TodoResult =>
      ({
        data: data.value,
        error: error.value,
        status: status.value,
        isPending: isPending.value,
        isFetching: isFetching.value,
        isStale: isStale.value,
        refetch,
      }) as TodoResult
    const tell = (): void => props.rendered?.(props.query, read)
    onMounted(tell)
    onUpdated(tell)

    return () => drawTodos({ data, error, isPending })
  },
})

export const TodoApp = defineComponent({
  props: { ...QUERY_PROPS, isVisible: { type: Boolean, default: true } },
  setup: (props) => () =>
    h(KeepAlive, () =>
      props.isVisible ? h(TodoView, { query: props.query, rendered: props.rendered }) : [],
    ),
})
