import { Component } from '@angular/core'
import { injectQuery } from '@datasync/angular'
import { map } from 'rxjs'

/** What every example gets that takes some of it. */
export const INPUTS: Readonly<Record<string, unknown>> = { id: 1, list: 1, log: 1, title: 'butter' }

@Component({
  selector: '[id=app]',
  template: '<h1>Todos</h1>@for (todo of todos.data(); track todo.id) {<p>{{ todo.title }}</p>}',
})
export class App {
  protected readonly todos = injectQuery<{ id: number; title: string }>('select id, title from todo')
}

/** What examples for Angular take as given, as `docs/examples/angular.d.ts` has it, but what they have imported. */
export const GIVEN = { App, map }
