import {
  sql,
  type Database,
  type DatabaseStatus,
  type DataSyncError,
  type QueryResult,
  type RunResult,
  type SqlParameters,
  type SqlRow,
} from '@datasync/engine'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { drizzle } from 'drizzle-orm/sqlite-proxy'
import type { Generated, Kysely } from 'kysely'
import type { Readable } from 'svelte/store'
import { expectTypeOf, test } from 'vitest'
import {
  createDatabaseStatus,
  createInfiniteQuery,
  createMutation,
  createQuery,
  getDatabase,
  queryStore,
  setDatabase,
  type LiveQuery,
} from '../src/index.ts'

interface Todo {
  readonly id: number
  readonly title: string
}

declare const db: Database
declare const list: number | undefined
declare const kysely: Kysely<{ todo: { id: Generated<number>; title: string; done: number } }>
const todo = sqliteTable('todo', { id: integer().primaryKey(), title: text().notNull() })
const orm = drizzle(async () => ({ rows: [] }))

test('rows are of the type parameter, of the statement, or of SQL values', () => {
  expectTypeOf(createQuery('select 1').data).toEqualTypeOf<readonly SqlRow[] | undefined>()
  expectTypeOf(createQuery<Todo>('select 1').data).toEqualTypeOf<readonly Todo[] | undefined>()
  expectTypeOf(createQuery(sql<Todo>`select 1`).data).toEqualTypeOf<readonly Todo[] | undefined>()
  expectTypeOf(createQuery({ sql: 'select 1', parameters: [1] }).data).toEqualTypeOf<
    readonly SqlRow[] | undefined
  >()
  expectTypeOf(queryStore(sql<Todo>`select 1`)).toEqualTypeOf<Readable<QueryResult<readonly Todo[]>>>()
})

test('so are those of a function that gives the statement', () => {
  expectTypeOf(createQuery(() => 'select 1').data).toEqualTypeOf<readonly SqlRow[] | undefined>()
  expectTypeOf(createQuery<Todo>(() => 'select 1').data).toEqualTypeOf<readonly Todo[] | undefined>()
  expectTypeOf(createQuery(() => sql<Todo>`select 1`)).toEqualTypeOf<LiveQuery<readonly Todo[]>>()
  expectTypeOf(createQuery(() => list !== undefined && sql<Todo>`select ${list}`).data).toEqualTypeOf<
    readonly Todo[] | undefined
  >()
  createQuery(
    () => 'select ?',
    () => [list ?? 0],
    () => ({ enabled: list !== undefined, database: db }),
  )
  createQuery('select :list', () => ({ list: list ?? 0 }))
  createQuery(
    'select 1',
    () => undefined,
    () => undefined,
  )
})

test('rows are of the type that a query builder gives them', () => {
  const ofKysely = createQuery(() => kysely.selectFrom('todo').select(['id', 'title']))
  expectTypeOf(ofKysely.data).toEqualTypeOf<readonly { id: number; title: string }[] | undefined>()
  const ofDrizzle = createQuery(orm.select().from(todo))
  expectTypeOf(ofDrizzle.data).toEqualTypeOf<readonly { id: number; title: string }[] | undefined>()
})

test('data is there once a query is neither pending nor failed', () => {
  const query = createQuery<Todo>('select 1')
  if (query.status === 'success') expectTypeOf(query.data).toEqualTypeOf<readonly Todo[]>()
  if (query.status === 'pending') expectTypeOf(query.data).toEqualTypeOf<undefined>()
  if (query.status === 'error') expectTypeOf(query.error).toEqualTypeOf<DataSyncError>()
  if (query.isPending) return
  if (query.error === undefined) expectTypeOf(query.data).toEqualTypeOf<readonly Todo[]>()
})

test('data is what select makes of the rows', () => {
  const count = createQuery(sql<Todo>`select 1`, undefined, { select: (rows) => rows.length })
  expectTypeOf(count.data).toEqualTypeOf<number | undefined>()
  const names = createQuery(
    () => sql<Todo>`select 1`,
    () => [],
    () => ({ select: (rows) => rows.map((row) => row.title) }),
  )
  expectTypeOf(names.data).toEqualTypeOf<string[] | undefined>()
  const counted = createQuery(sql<Todo>`select 1`, [], { initialData: [], select: (rows) => rows.length })
  expectTypeOf(counted.data).toEqualTypeOf<number | undefined>()
  const initial = createQuery(sql<Todo>`select 1`, [], { initialData: [{ id: 1, title: 'a' }] })
  expectTypeOf(initial.data).toEqualTypeOf<readonly Todo[] | undefined>()
  const stored = queryStore(sql<Todo>`select 1`, [], { select: (rows) => rows.length })
  expectTypeOf(stored).toEqualTypeOf<Readable<QueryResult<number>>>()
})

test('a mutation of a statement takes its parameters', () => {
  const remove = createMutation('delete from todo where id = ?')
  expectTypeOf(remove.mutate).toEqualTypeOf<(variables: SqlParameters | void) => void>()
  expectTypeOf(remove.mutateAsync).returns.resolves.toEqualTypeOf<RunResult>()
  if (remove.status === 'success') expectTypeOf(remove.data).toEqualTypeOf<RunResult>()
  remove.mutate()
  remove.mutate([1])
  remove.mutate({ id: 1 })
})

test('a mutation by a function takes its variables', () => {
  const rename = createMutation(async (database, variables: Todo) => {
    expectTypeOf(database).toEqualTypeOf<Database>()
    return variables.title
  })
  expectTypeOf(rename.mutate).parameters.toEqualTypeOf<[Todo]>()
  expectTypeOf(rename.data).toEqualTypeOf<string | undefined>()
  const clear = createMutation((database) => database.run('delete from todo'))
  expectTypeOf(clear.mutate).toEqualTypeOf<(variables: void) => void>()
  clear.mutate()
})

test('the rest is as documented', () => {
  expectTypeOf(getDatabase()).toEqualTypeOf<Database>()
  expectTypeOf(setDatabase).parameters.toEqualTypeOf<[Database]>()
  expectTypeOf(createDatabaseStatus()).toEqualTypeOf<DatabaseStatus>()
  expectTypeOf(createQuery('select 1').refetch).returns.resolves.toEqualTypeOf<void>()
  expectTypeOf(createQuery('select 1').ready).toEqualTypeOf<Promise<void>>()
})

test('what would fail at run time does not compile', () => {
  // @ts-expect-error a row has no such column
  createQuery(() => sql<Todo>`select 1`).data?.[0]?.nope
  // @ts-expect-error rows are read-only
  createQuery<Todo>('select 1').data?.push({ id: 1, title: 'a' })
  // @ts-expect-error rows may not be there yet
  createQuery<Todo>('select 1').data.length
  // @ts-expect-error so is the result
  createQuery<Todo>('select 1').data = []
  // @ts-expect-error a date cannot be bound
  createQuery('select ?', [new Date()])
  // @ts-expect-error nor one that a function gives
  createQuery('select ?', () => [new Date()])
  // @ts-expect-error an option is misspelt
  createQuery('select 1', [], { enable: true })
  // @ts-expect-error the rows of a query are its initial data
  createQuery(sql<Todo>`select 1`, [], { initialData: [{ id: 'one' }] })
  // @ts-expect-error a number is not a statement
  createQuery(42)
  // @ts-expect-error nor is one that a function gives
  createQuery(() => 42)
  // @ts-expect-error a store has one statement: derive another store
  queryStore(() => 'select 1')
  // @ts-expect-error and one set of parameters
  queryStore('select ?', () => [1])
  // @ts-expect-error a function that takes variables needs them
  createMutation(async (_, variables: Todo) => variables).mutate()
  // @ts-expect-error and the right ones
  createMutation(async (_, variables: Todo) => variables).mutate({ id: 'one' })
  // @ts-expect-error a mutation is asynchronous
  createMutation(() => 1)
  // @ts-expect-error there is no provider without a database
  setDatabase()
})

test('pages have the rows of all that are shown, and the size of one is not left out', () => {
  const query = createInfiniteQuery<Todo>('select 1', () => [1], { pageSize: 10, maxPages: 2 })
  expectTypeOf(query.data).toEqualTypeOf<readonly Todo[] | undefined>()
  expectTypeOf(query.hasNext).toEqualTypeOf<boolean>()
  expectTypeOf(query.loadNext).toEqualTypeOf<() => Promise<void>>()
  // @ts-expect-error: it is not optional
  createInfiniteQuery<Todo>('select 1', [], { maxPages: 2 })
})
