import { createDatabase } from '@datasync/engine'
import { DatabaseProvider, useMutation, useQuery } from '@datasync/react'
import { FIRST_TASK } from './first-row-apps.ts'
import { show, TaskPage, type Task } from './task-page.tsx'

const database = createDatabase('tasks', {
  migrations: [
    `create table task (id integer primary key, title text not null);
     insert into task (title) values ('${FIRST_TASK}')`,
  ],
})

function Tasks() {
  const { data = [] } = useQuery<Task & { readonly id: number }>('select id, title from task order by id')
  const add = useMutation('insert into task (title) values (?)')
  return <TaskPage tasks={data} onAdd={(title) => add.mutate([title])} />
}

show(<DatabaseProvider database={database}>{<Tasks />}</DatabaseProvider>)
