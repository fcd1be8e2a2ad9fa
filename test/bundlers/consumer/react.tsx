import { DatabaseProvider, useMutation, useQuery } from '@datasync/react'
import { database, type Task } from './engine.js'

export function App() {
  return <DatabaseProvider database={database}>{<Tasks />}</DatabaseProvider>
}

function Tasks() {
  const { data = [] } = useQuery<Task>('select * from task')
  const add = useMutation('insert into task (title) values (?)')
  // @ts-expect-error a task has no such column
  const missing: unknown = data[0]?.missing
  return <button onClick={() => add.mutate(['milk'])}>{data.length + String(missing)}</button>
}
