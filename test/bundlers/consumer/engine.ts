import { createDatabase, DataSyncError, sql, type Database, type QuerySnapshot } from '@datasync/engine'
import { dehydrate, hydrate } from '@datasync/engine/hydration'
import { createTestDatabase } from '@datasync/engine/testing'
import { importFromAbsurdSql } from '@datasync/migrate'

export interface Task {
  readonly id: number
  readonly title: string
}

export const database: Database = createDatabase('tasks', { migrations: ['create table task (id, title)'] })
export const rows: Promise<readonly Task[]> = database.query(sql<Task>`select * from task`)
export const test: Database = createTestDatabase()

export const hydrated: Database = hydrate(
  database,
  dehydrate([{ statement: 'select * from task', rows: [] }]),
)
export const imported = importFromAbsurdSql(database, '/sql/tasks.sqlite', { optional: true })

export const snapshot = (): QuerySnapshot<Task> =>
  database.observe(sql<Task>`select * from task`).getSnapshot()

export const titleOf = (task: Task): string => task.title
export const codeOf = (error: unknown): string | undefined =>
  error instanceof DataSyncError ? error.code : undefined

// @ts-expect-error a statement is text, or made of it
void database.query(1)
