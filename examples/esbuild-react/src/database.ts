import { createDatabase } from '@datasync/engine'

export interface Task {
  readonly id: number
  readonly title: string
  readonly done: number
}

export const database = createDatabase('tasks', {
  migrations: [
    'create table task (id integer primary key, title text not null, done integer not null default 0)',
  ],
})
