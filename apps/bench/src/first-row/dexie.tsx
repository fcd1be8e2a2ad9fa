import { Dexie, type EntityTable } from 'dexie'
import { useLiveQuery } from 'dexie-react-hooks'
import { FIRST_TASK } from './first-row-apps.ts'
import { show, TaskPage } from './task-page.tsx'

interface StoredTask {
  readonly id: number
  readonly title: string
}

const database = new Dexie('tasks') as Dexie & { readonly task: EntityTable<StoredTask, 'id'> }
database.version(1).stores({ task: '++id' })
database.on('populate', () => database.task.add({ title: FIRST_TASK }))

function Tasks() {
  const tasks = useLiveQuery(() => database.task.toArray())
  return <TaskPage tasks={tasks ?? []} onAdd={(title) => database.task.add({ title })} />
}

show(<Tasks />)
