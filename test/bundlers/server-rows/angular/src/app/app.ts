import { Component } from '@angular/core'
import { injectMutation, injectQuery } from '@datasync/angular'
import { TODOS, type Todo } from './todos'

@Component({
  selector: 'app-root',
  template: `
    <button (click)="add.mutate(['salt'])">Add salt</button>
    <ul [attr.aria-busy]="todos.isStale()">
      @for (todo of todos.value(); track todo.id) {
        <li>{{ todo.title }}</li>
      }
    </ul>
  `,
})
export class App {
  protected readonly todos = injectQuery<Todo>(TODOS)
  protected readonly add = injectMutation('insert into todo (title) values (?)')
}
