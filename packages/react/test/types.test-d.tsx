import {
  sql,
  type Database,
  type DatabaseStatus,
  type RunResult,
  type SqlParameters,
  type SqlRow,
} from '@datasync/engine'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { drizzle } from 'drizzle-orm/sqlite-proxy'
import type { Generated, Kysely } from 'kysely'
import { expectTypeOf, test } from 'vitest'
import {
  DatabaseProvider,
  useDatabase,
  useDatabaseStatus,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useSuspenseQuery,
} from '../src/index.ts'

interface Todo {
  readonly id: number
  readonly title: string
}

declare const db: Database
declare const kysely: Kysely<{ todo: { id: Generated<number>; title: string; done: number } }>
const todo = sqliteTable('todo', { id: integer().primaryKey(), title: text().notNull() })
const orm = drizzle(async () => ({ rows: [] }))

test('rows are of the type parameter, of the statement, or of SQL values', () => {
  expectTypeOf(useQuery('select 1').data).toEqualTypeOf<readonly SqlRow[] | undefined>()
  expectTypeOf(useQuery<Todo>('select 1').data).toEqualTypeOf<readonly Todo[] | undefined>()
  expectTypeOf(useQuery(sql<Todo>`select 1`).data).toEqualTypeOf<readonly Todo[] | undefined>()
  expectTypeOf(useQuery(Math.random() > 0.5 && sql<Todo>`select 1`).data).toEqualTypeOf<
    readonly Todo[] | undefined
  >()
  expectTypeOf(useQuery({ sql: 'select 1', parameters: [1] }).data).toEqualTypeOf<
    readonly SqlRow[] | undefined
  >()
  expectTypeOf(useSuspenseQuery(sql<Todo>`select 1`).data).toEqualTypeOf<readonly Todo[]>()
})

test('rows are of the type that a query builder gives them', () => {
  const ofKysely = useQuery(kysely.selectFrom('todo').select(['id', 'title']))
  expectTypeOf(ofKysely.data).toEqualTypeOf<readonly { id: number; title: string }[] | undefined>()
  const ofDrizzle = useSuspenseQuery(orm.select().from(todo))
  expectTypeOf(ofDrizzle.data).toEqualTypeOf<readonly { id: number; title: string }[]>()
})

test('data is there once a query is neither pending nor failed', () => {
  const query = useQuery<Todo>('select 1')
  if (query.status === 'success') expectTypeOf(query.data).toEqualTypeOf<readonly Todo[]>()
  if (query.status === 'pending') expectTypeOf(query.data).toEqualTypeOf<undefined>()
  if (query.isPending) return
  if (query.error === undefined) expectTypeOf(query.data).toEqualTypeOf<readonly Todo[]>()
})

test('whether rows are stale is told of each query, whatever its status is', () => {
  const query = useQuery<Todo>('select 1')
  expectTypeOf(query.isStale).toEqualTypeOf<boolean>()
  if (query.status === 'pending') expectTypeOf(query.isStale).toEqualTypeOf<boolean>()
  if (query.status === 'error' && query.isStale)
    expectTypeOf(query.data).toEqualTypeOf<readonly Todo[] | undefined>()
  const kept = useSuspenseQuery<Todo>('select 1', [], { persist: true })
  expectTypeOf(kept.isStale).toEqualTypeOf<boolean>()
  if (kept.isStale) expectTypeOf(kept.data).toEqualTypeOf<readonly Todo[]>()
  const pages = useInfiniteQuery<Todo>('select 1', [], { pageSize: 10 })
  expectTypeOf(pages.isStale).toEqualTypeOf<boolean>()
  // @ts-expect-error it is read, and not set
  query.isStale = false
  // @ts-expect-error pages are not kept for the next visit
  useInfiniteQuery<Todo>('select 1', [], { pageSize: 10, persist: true })
})

test('data is what select makes of the rows', () => {
  const count = useQuery(sql<Todo>`select 1`, undefined, { select: (rows) => rows.length })
  expectTypeOf(count.data).toEqualTypeOf<number | undefined>()
  const names = useSuspenseQuery(sql<Todo>`select 1`, [], { select: (rows) => rows.map((row) => row.title) })
  expectTypeOf(names.data).toEqualTypeOf<string[]>()
  const counted = useQuery(sql<Todo>`select 1`, [], { initialData: [], select: (rows) => rows.length })
  expectTypeOf(counted.data).toEqualTypeOf<number | undefined>()
  const initial = useQuery(sql<Todo>`select 1`, [], { initialData: [{ id: 1, title: 'a' }] })
  expectTypeOf(initial.data).toEqualTypeOf<readonly Todo[] | undefined>()
})

test('a mutation of a statement takes its parameters', () => {
  const remove = useMutation('delete from todo where id = ?')
  expectTypeOf(remove.mutate).toEqualTypeOf<(variables: SqlParameters | void) => void>()
  expectTypeOf(remove.mutateAsync).returns.resolves.toEqualTypeOf<RunResult>()
  if (remove.status === 'success') expectTypeOf(remove.data).toEqualTypeOf<RunResult>()
  remove.mutate()
  remove.mutate([1])
  remove.mutate({ id: 1 })
})

test('a mutation by a function takes its variables', () => {
  const rename = useMutation(async (database, variables: Todo) => {
    expectTypeOf(database).toEqualTypeOf<Database>()
    return variables.title
  })
  expectTypeOf(rename.mutate).parameters.toEqualTypeOf<[Todo]>()
  expectTypeOf(rename.data).toEqualTypeOf<string | undefined>()
  const clear = useMutation((database) => database.run('delete from todo'))
  expectTypeOf(clear.mutate).toEqualTypeOf<(variables: void) => void>()
  clear.mutate()
})

test('the rest is as documented', () => {
  expectTypeOf(useDatabase()).toEqualTypeOf<Database>()
  expectTypeOf(useDatabaseStatus()).toEqualTypeOf<DatabaseStatus>()
  expectTypeOf(useQuery('select 1').refetch).returns.resolves.toEqualTypeOf<void>()
})

test('what would fail at run time does not compile', () => {
  // @ts-expect-error a row has no such column
  useQuery(sql<Todo>`select 1`).data?.[0]?.nope
  // @ts-expect-error rows are read-only
  useQuery<Todo>('select 1').data?.push({ id: 1, title: 'a' })
  // @ts-expect-error rows may not be there yet
  useQuery<Todo>('select 1').data.length
  // @ts-expect-error a date cannot be bound
  useQuery('select ?', [new Date()])
  // @ts-expect-error an option is misspelt
  useQuery('select 1', [], { enable: true })
  // @ts-expect-error the rows of a query are its initial data
  useQuery(sql<Todo>`select 1`, [], { initialData: [{ id: 'one' }] })
  // @ts-expect-error a number is not a statement
  useQuery(42)
  // @ts-expect-error a suspense query always asks: leave the component out instead
  useSuspenseQuery(null)
  // @ts-expect-error the same
  useSuspenseQuery('select 1', [], { enabled: false })
  // @ts-expect-error a function that takes variables needs them
  useMutation(async (_, variables: Todo) => variables).mutate()
  // @ts-expect-error and the right ones
  useMutation(async (_, variables: Todo) => variables).mutate({ id: 'one' })
  // @ts-expect-error a mutation is asynchronous
  useMutation(() => 1)
  // @ts-expect-error the provider needs a database
  void (<DatabaseProvider />)
  void (<DatabaseProvider database={db} />)
})

test('pages have the rows of all that are shown, and the size of one is not left out', () => {
  const query = useInfiniteQuery<Todo>('select 1', [], { pageSize: 10, maxPages: 2 })
  expectTypeOf(query.data).toEqualTypeOf<readonly Todo[] | undefined>()
  expectTypeOf(query.hasNext).toEqualTypeOf<boolean>()
  expectTypeOf(query.loadNext).toEqualTypeOf<() => Promise<void>>()
  const select = (rows: readonly Todo[]): number => rows.length
  expectTypeOf(useInfiniteQuery('select 1', [], { pageSize: 10, select }).data).toEqualTypeOf<
    number | undefined
  >()
  // @ts-expect-error: it is not optional
  useInfiniteQuery<Todo>('select 1', [], { maxPages: 2 })
})
