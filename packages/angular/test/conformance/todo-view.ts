import { afterRenderEffect, Component, computed, inject, InjectionToken, input } from '@angular/core'
import type { QueryProps, TodoResult } from '@datasync/conformance'
import { SHOWN_PENDING, shownError, shownRows } from '@datasync/conformance/view'
import { injectQuery, type QueryResource } from '../../src/index.ts'

/** Told of each time that the view was brought up to date. */
export interface Witness {
  mounted(current: () => TodoResult): void
  rendered(props: QueryProps, result: TodoResult): void
}

export const WITNESS: InjectionToken<Witness> = new InjectionToken('witness')

@Component({
  selector: 'todo-view',
  template: `
    @if (query.isPending()) {
      <p>{{ pending }}</p>
    } @else {
      <ul>
        @for (todo of rows(); track todo.id) {
          <li>{{ todo.title }}</li>
        }
      </ul>
    }
    @if (query.error(); as error) {
      <p>{{ shownError(error) }}</p>
    }
  `,
})
export class TodoView {
  readonly props = input.required<QueryProps>()
  protected readonly query = injectQuery(
    () => this.props().statement,
    () => this.props().parameters,
    () => this.props().options ?? {},
  )
  protected readonly rows = computed(() => shownRows(this.query.data()))
  protected readonly pending = SHOWN_PENDING
  protected readonly shownError = shownError

  constructor() {
    const witness = inject(WITNESS, { optional: true })
    witness?.mounted(() => toTodoResult(this.query))
    afterRenderEffect({ read: () => witness?.rendered(this.props(), toTodoResult(this.query)) })
  }
}

type TodoQuery = QueryResource<TodoResult['data']>

/** What a query has, in plain values. */
export function toTodoResult({
  data,
  error,
  isPending,
  isFetching,
  isStale,
  refetch,
}: TodoQuery): TodoResult {
  const status = error() === undefined ? (isPending() ? 'pending' : 'success') : 'error'
  return {
    status,
    data: data(),
    error: error(),
    isPending: isPending(),
    isFetching: isFetching(),
    isStale: isStale(),
    refetch,
  } as TodoResult
}
