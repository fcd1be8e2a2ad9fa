import { Component, signal } from '@angular/core'
import { injectMutation, injectQuery } from '@datasync/angular'

interface Task {
  readonly id: number
  readonly title: string
  readonly done: number
}

@Component({
  selector: 'app-root',
  template: `
    <h1>Tasks</h1>
    <form (submit)="submit($event)">
      <input aria-label="New task" required [value]="title()" (input)="title.set($event.target.value)" />
      <button>Add</button>
    </form>
    @if (tasks.error(); as error) {
      <p role="alert">{{ error.message }}</p>
    }
    <ul>
      @for (task of tasks.data(); track task.id) {
        <li>
          <label>
            <input type="checkbox" [checked]="task.done === 1" (change)="tick.mutate([task.id])" />
            {{ task.title }}
          </label>
        </li>
      }
    </ul>
  `,
})
export class App {
  protected readonly title = signal('')
  protected readonly tasks = injectQuery<Task>('select id, title, done from task order by id')
  protected readonly add = injectMutation('insert into task (title) values (?)')
  protected readonly tick = injectMutation('update task set done = not done where id = ?')

  protected submit(event: Event): void {
    event.preventDefault()
    this.add.mutate([this.title()])
    this.title.set('')
  }
}
