import { SQLocal } from 'sqlocal'
import { useReactiveQuery } from 'sqlocal/react'
import { FIRST_TASK } from './first-row-apps.ts'
import { show, TaskPage, type Task } from './task-page.tsx'

const database = new SQLocal({
  databasePath: 'tasks.sqlite3',
  reactive: true,
  onInit: (sql) => [
    sql`create table if not exists task (id integer primary key, title text not null)`,
    sql`insert into task (title) select ${FIRST_TASK} where not exists (select 1 from task)`,
  ],
})

function Tasks() {
  const { data } = useReactiveQuery<Task>(database, (sql) => sql`select id, title from task order by id`)
  return <TaskPage tasks={data} onAdd={(title) => database.sql`insert into task (title) values (${title})`} />
}

show(<Tasks />)
