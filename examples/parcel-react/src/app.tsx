import { DatabaseProvider, useMutation, useQuery } from '@datasync/react'
import { database, type Task } from './database.ts'

export function App() {
  return (
    <DatabaseProvider database={database}>
      <h1>Tasks</h1>
      <NewTask />
      <TaskList />
    </DatabaseProvider>
  )
}

function NewTask() {
  const add = useMutation('insert into task (title) values (?)')
  return (
    <form action={(form) => add.mutate([form.get('title') as string])}>
      <input name="title" aria-label="New task" required />
      <button>Add</button>
    </form>
  )
}

function TaskList() {
  const { data: tasks = [], error } = useQuery<Task>('select id, title, done from task order by id')
  const tick = useMutation('update task set done = not done where id = ?')
  if (error) return <p role="alert">{error.message}</p>
  return (
    <ul>
      {tasks.map(({ id, title, done }) => (
        <li key={id}>
          <label>
            <input type="checkbox" checked={done === 1} onChange={() => tick.mutate([id])} /> {title}
          </label>
        </li>
      ))}
    </ul>
  )
}
