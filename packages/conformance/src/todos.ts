import { createDatabase, type Database, type DatabaseOptions } from '@datasync/engine'
import { onTestFinished } from 'vitest'

export interface Todo {
  readonly id: number
  readonly list: number
  readonly title: string
  readonly done: number
}

export const TODOS = 'select * from todo order by id'
export const TODOS_OF_LIST = 'select * from todo where list = ? order by id'

export const SCHEMA = `
  create table todo (
    id integer primary key,
    list integer not null,
    title text not null,
    done integer not null default 0
  );
  insert into todo (id, list, title) values (1, 1, 'milk'), (2, 1, 'bread'), (3, 2, 'paint');
`

/** A database of the test's own, in a worker of its own, with two todos in list 1 and one in list 2. */
export function createTodos(options: DatabaseOptions = {}): Database {
  const db = createDatabase(`todos-${crypto.randomUUID()}`, {
    storage: 'memory',
    migrations: [SCHEMA],
    ...options,
  })
  onTestFinished(() => db.close())
  return db
}

export async function openTodos(options: DatabaseOptions = {}): Promise<Database> {
  const db = createTodos(options)
  await db.ready
  return db
}

export function titles(todos: readonly Todo[] | undefined): readonly string[] | undefined {
  return todos?.map((todo) => todo.title)
}

/** The parameters of every live query there is, whoever asks for it. */
export function liveParameters(db: Database): readonly unknown[] {
  return db.liveQueries.getSnapshot().map((query) => query.parameters)
}

export function totalRuns(db: Database): number {
  return db.liveQueries.getSnapshot().reduce((sum, query) => sum + query.runs, 0)
}
