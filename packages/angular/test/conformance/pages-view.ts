import { Component, computed, inject, InjectionToken, type WritableSignal } from '@angular/core'
import type { PagesProps, PagesResult } from '@datasync/conformance'
import { SHOWN_PENDING, shownError, shownRows } from '@datasync/conformance/view'
import { injectInfiniteQuery } from '../../src/index.ts'
import { toTodoResult } from './todo-view.ts'

export const PAGES_PROPS: InjectionToken<WritableSignal<PagesProps>> = new InjectionToken('pages props')

@Component({
  selector: 'todo-pages',
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
export class PagesView {
  readonly #props = inject(PAGES_PROPS)
  protected readonly query = injectInfiniteQuery(
    () => this.#props().statement,
    () => this.#props().parameters,
    () => this.#props().options,
  )
  protected readonly rows = computed(() => shownRows(this.query.data()))
  protected readonly pending = SHOWN_PENDING
  protected readonly shownError = shownError

  current(): PagesResult {
    const { hasNext, hasPrevious, isLoadingNext, isLoadingPrevious, loadNext, loadPrevious } = this.query
    return {
      ...toTodoResult(this.query),
      hasNext: hasNext(),
      hasPrevious: hasPrevious(),
      isLoadingNext: isLoadingNext(),
      isLoadingPrevious: isLoadingPrevious(),
      loadNext,
      loadPrevious,
    }
  }
}
