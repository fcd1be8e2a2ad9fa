import type { Todo } from '@datasync/conformance'
import { SHOWN_PENDING, shownError, shownRows } from '@datasync/conformance/view'
import { h, type VNode } from 'vue'
import type { QueryRefs } from '../../src/index.ts'

/** What a component shows of a result. */
export function drawTodos({
  data,
  error,
  isPending,
}: Pick<QueryRefs<readonly Todo[]>, 'data' | 'error' | 'isPending'>): VNode[] {
  return [
    isPending.value
      ? h('p', SHOWN_PENDING)
      : h(
          'ul',
          shownRows(data.value).map((todo) => h('li', { key: todo.id }, todo.title)),
        ),
    ...(error.value ? [h('p', shownError(error.value))] : []),
  ]
}
