import { PGlite } from '@electric-sql/pglite'
import { live } from '@electric-sql/pglite/live'
import { PGliteProvider, useLiveQuery } from '@electric-sql/pglite-react'
import { FIRST_TASK } from './first-row-apps.ts'
import { show, TaskPage } from './task-page.tsx'

const database = await PGlite.create({ dataDir: 'idb://tasks', extensions: { live } })
await database.exec(`
  create table if not exists task (id serial primary key, title text not null);
  insert into task (title) select '${FIRST_TASK}' where not exists (select 1 from task)`)

function Tasks() {
  const result = useLiveQuery<{ readonly id: number; readonly title: string }>(
    'select id, title from task order by id',
  )
  const add = (title: string) => database.query('insert into task (title) values ($1)', [title])
  return <TaskPage tasks={result?.rows ?? []} onAdd={add} />
}

show(<PGliteProvider db={database}>{<Tasks />}</PGliteProvider>)
