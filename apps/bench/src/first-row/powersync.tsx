import { column, PowerSyncDatabase, Schema, Table } from '@powersync/web'
import { PowerSyncContext, useQuery } from '@powersync/react'
import { FIRST_TASK } from './first-row-apps.ts'
import { show, TaskPage, type Task } from './task-page.tsx'

const task = new Table({ title: column.text }, { localOnly: true })
const database = new PowerSyncDatabase({
  schema: new Schema({ task }),
  database: { dbFilename: 'tasks.db' },
})
void database.execute('insert into task (id, title) select uuid(), ? where not exists (select 1 from task)', [
  FIRST_TASK,
])

function Tasks() {
  const { data } = useQuery<Task>('select id, title from task order by id')
  const add = (title: string) => database.execute('insert into task (id, title) values (uuid(), ?)', [title])
  return <TaskPage tasks={data} onAdd={add} />
}

show(<PowerSyncContext.Provider value={database}>{<Tasks />}</PowerSyncContext.Provider>)
