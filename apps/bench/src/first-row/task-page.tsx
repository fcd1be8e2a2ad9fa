import { createRoot } from 'react-dom/client'
import type { ReactNode } from 'react'

export interface Task {
  readonly id: number | string
  readonly title: string
}

export interface TaskPageProps {
  readonly tasks: readonly Task[]
  readonly onAdd: (title: string) => unknown
}

/** What every contender shows: they differ in where the rows come from. */
export function TaskPage({ tasks, onAdd }: TaskPageProps) {
  return (
    <main>
      <form
        action={(form) => {
          onAdd(form.get('title') as string)
        }}
      >
        <input name="title" aria-label="New task" required />
        <button>Add</button>
      </form>
      <ul>
        {tasks.map(({ id, title }) => (
          <li key={id}>{title}</li>
        ))}
      </ul>
    </main>
  )
}

export function show(page: ReactNode): void {
  const root = document.querySelector('#root')
  if (root) createRoot(root).render(page)
}
