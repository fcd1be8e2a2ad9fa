import { onTestFinished } from 'vitest'
import {
  createInProcessDatabase,
  type TestDatabase,
  type TestDatabaseOptions,
} from '../../src/testing/in-process-database.ts'
import { storeUnderTest } from '../support/store-under-test.ts'

let opened = 0

/** A database of this test's own, open, and closed at its end. */
export async function openTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const db = createInProcessDatabase({ name: `test-${++opened}`, ...options }, storeUnderTest.choose)
  onTestFinished(() => db.close())
  await db.ready
  return db
}

/** The same, with a table of things to do: 1 milk, 2 bread, 3 paint. */
export function openTodos(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  return openTestDatabase({ migrations: [TODO_SCHEMA], ...options })
}

export const TODO_SCHEMA = `
  create table todo (id integer primary key, title text not null unique, done integer not null default 0);
  insert into todo (title) values ('milk'), ('bread'), ('paint');
`

export const TODOS = 'select id, title, done from todo order by id'

export interface Todo {
  readonly id: number
  readonly title: string
  readonly done: number
}

export function titles(rows: readonly Todo[] | undefined): readonly string[] | undefined {
  return rows?.map((row) => row.title)
}
