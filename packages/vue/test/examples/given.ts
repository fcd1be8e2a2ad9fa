import { useQuery } from '@datasync/vue'
import { computed, defineComponent, h, ref } from 'vue'

/** What every example gets that takes some of it. */
export const PROPS = { id: 1, list: 1, log: 1 }

const TodoList = defineComponent({
  props: { list: { type: Number, default: 1 } },
  setup: () => {
    const { data } = useQuery<{ title: string }>('select title from todo')
    return () =>
      h(
        'div',
        data.value?.map(({ title }) => h('p', title)),
      )
  },
})

/** What examples for Vue take as given, as `docs/examples/vue.d.ts` has it. */
export const GIVEN = { computed, ref, App: TodoList, TodoList }
