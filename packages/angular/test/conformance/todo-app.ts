import { Component, inject, InjectionToken, signal, type WritableSignal } from '@angular/core'
import type { QueryProps } from '@datasync/conformance'
import { TodoView } from './todo-view.ts'

export const PROPS: InjectionToken<WritableSignal<QueryProps>> = new InjectionToken('props')

@Component({
  selector: 'todo-app',
  imports: [TodoView],
  template: `
    @if (isVisible()) {
      <todo-view [props]="props()" />
    }
  `,
})
export class TodoApp {
  readonly isVisible = signal(true)
  protected readonly props = inject(PROPS)
}
