import type { Injector, Resource, ResourceStatus, Signal } from '@angular/core'
import {
  sql,
  type Database as EngineDatabase,
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
import type { Observable } from 'rxjs'
import { expectTypeOf, test } from 'vitest'
import {
  injectDatabase,
  injectDatabaseStatus,
  injectInfiniteQuery,
  injectMutation,
  injectQuery,
  provideDatabase,
  type Database,
} from '../src/index.ts'

interface Todo {
  readonly id: number
  readonly title: string
}

declare const db: EngineDatabase
declare const service: Database
declare const injector: Injector
declare const id: Signal<number>
declare const kysely: Kysely<{ todo: { id: Generated<number>; title: string; done: number } }>
const todo = sqliteTable('todo', { id: integer().primaryKey(), title: text().notNull() })
const orm = drizzle(async () => ({ rows: [] }))

test('rows are of the type parameter, of the statement, or of SQL values', () => {
  expectTypeOf(injectQuery('select 1').data()).toEqualTypeOf<readonly SqlRow[] | undefined>()
  expectTypeOf(injectQuery<Todo>('select 1').data()).toEqualTypeOf<readonly Todo[] | undefined>()
  expectTypeOf(injectQuery(sql<Todo>`select 1`).data()).toEqualTypeOf<readonly Todo[] | undefined>()
  expectTypeOf(injectQuery(() => sql<Todo>`select ${id()}`).data()).toEqualTypeOf<
    readonly Todo[] | undefined
  >()
  expectTypeOf(injectQuery(() => id() > 0 && sql<Todo>`select 1`).data()).toEqualTypeOf<
    readonly Todo[] | undefined
  >()
  expectTypeOf(injectQuery({ sql: 'select 1', parameters: [1] }).data()).toEqualTypeOf<
    readonly SqlRow[] | undefined
  >()
})

test('rows are of the type that a query builder gives them', () => {
  const ofKysely = injectQuery(() => kysely.selectFrom('todo').select(['id', 'title']).where('id', '=', id()))
  expectTypeOf(ofKysely.data()).toEqualTypeOf<readonly { id: number; title: string }[] | undefined>()
  const ofDrizzle = injectQuery(orm.select().from(todo))
  expectTypeOf(ofDrizzle.data()).toEqualTypeOf<readonly { id: number; title: string }[] | undefined>()
})

test('parameters and options may be functions and signals', () => {
  injectQuery<Todo>('select ?', () => [id()])
  injectQuery<Todo>('select :id', () => ({ id: id() }))
  injectQuery<Todo>('select ?', [1], () => ({ enabled: id() > 0 }))
  injectQuery<Todo>('select ?', [1], { injector, database: db })
  injectQuery(() => undefined)
})

test('data is what select makes of the rows', () => {
  const count = injectQuery(sql<Todo>`select 1`, undefined, { select: (rows) => rows.length })
  expectTypeOf(count.data()).toEqualTypeOf<number | undefined>()
  const names = injectQuery(
    () => sql<Todo>`select 1`,
    [],
    () => ({ select: (rows) => rows.map((row) => row.title) }),
  )
  expectTypeOf(names.data()).toEqualTypeOf<string[] | undefined>()
  const initial = injectQuery(sql<Todo>`select 1`, [], { initialData: [{ id: 1, title: 'a' }] })
  expectTypeOf(initial.data()).toEqualTypeOf<readonly Todo[] | undefined>()
})

test('a query is a resource of Angular', () => {
  const query = injectQuery<Todo>('select 1')
  expectTypeOf(query).toExtend<Resource<readonly Todo[] | undefined>>()
  expectTypeOf(query.status()).toEqualTypeOf<ResourceStatus>()
  expectTypeOf(query.error()).toEqualTypeOf<DataSyncError | undefined>()
  expectTypeOf(query.value()).toEqualTypeOf<readonly Todo[] | undefined>()
  expectTypeOf(query.reload()).toEqualTypeOf<boolean>()
  if (query.hasValue()) {
    expectTypeOf(query.value()).toEqualTypeOf<readonly Todo[]>()
    expectTypeOf(query.data()).toEqualTypeOf<readonly Todo[]>()
  }
})

test('a mutation of a statement takes its parameters', () => {
  const remove = injectMutation('delete from todo where id = ?')
  expectTypeOf(remove.mutate).toEqualTypeOf<(variables: SqlParameters | void) => void>()
  expectTypeOf(remove.mutateAsync).returns.resolves.toEqualTypeOf<RunResult>()
  expectTypeOf(remove.data()).toEqualTypeOf<RunResult | undefined>()
  remove.mutate()
  remove.mutate([1])
  remove.mutate({ id: 1 })
})

test('a mutation by a function takes its variables', () => {
  const rename = injectMutation(async (database, variables: Todo) => {
    expectTypeOf(database).toEqualTypeOf<EngineDatabase>()
    return variables.title
  })
  expectTypeOf(rename.mutate).parameters.toEqualTypeOf<[Todo]>()
  expectTypeOf(rename.data()).toEqualTypeOf<string | undefined>()
  const clear = injectMutation((database) => database.run('delete from todo'), { injector })
  expectTypeOf(clear.mutate).toEqualTypeOf<(variables: void) => void>()
  clear.mutate()
})

test('the service is a database, with streams of results', () => {
  expectTypeOf(service).toExtend<EngineDatabase>()
  expectTypeOf(service.query$<Todo>('select 1')).toEqualTypeOf<Observable<QueryResult<readonly Todo[]>>>()
  expectTypeOf(service.query$(sql<Todo>`select 1`, [], { select: (rows) => rows.length })).toEqualTypeOf<
    Observable<QueryResult<number>>
  >()
})

test('the rest is as documented', () => {
  expectTypeOf(injectDatabase()).toEqualTypeOf<EngineDatabase>()
  expectTypeOf(injectDatabaseStatus()()).toEqualTypeOf<DatabaseStatus>()
  expectTypeOf(injectQuery('select 1').refetch).returns.resolves.toEqualTypeOf<void>()
  provideDatabase(() => db)
})

test('what would fail at run time does not compile', () => {
  // @ts-expect-error a row has no such column
  injectQuery(sql<Todo>`select 1`).data()?.[0]?.nope
  // @ts-expect-error rows are read-only
  injectQuery<Todo>('select 1').data()?.push({ id: 1, title: 'a' })
  // @ts-expect-error rows may not be there yet
  injectQuery<Todo>('select 1').data().length
  // @ts-expect-error data is a signal
  injectQuery<Todo>('select 1').data[0]
  // @ts-expect-error a date cannot be bound
  injectQuery('select ?', [new Date()])
  // @ts-expect-error nor can a signal: read it in a function
  injectQuery('select ?', [id])
  // @ts-expect-error an option is misspelt
  injectQuery('select 1', [], { enable: true })
  // @ts-expect-error the injector is needed before a function of options can be called
  injectQuery('select 1', [], () => ({ injector }))
  // @ts-expect-error the rows of a query are its initial data
  injectQuery(sql<Todo>`select 1`, [], { initialData: [{ id: 'one' }] })
  // @ts-expect-error a number is not a statement
  injectQuery(42)
  // @ts-expect-error what the database tells cannot be set
  injectQuery('select 1').data.set([])
  // @ts-expect-error a function that takes variables needs them
  injectMutation(async (_, variables: Todo) => variables).mutate()
  // @ts-expect-error and the right ones
  injectMutation(async (_, variables: Todo) => variables).mutate({ id: 'one' })
  // @ts-expect-error a mutation is asynchronous
  injectMutation(() => 1)
  // @ts-expect-error a stream asks the database that it is of
  service.query$('select 1', [], { database: db })
  // @ts-expect-error the database is made when it is needed
  provideDatabase(db)
})

test('pages have the rows of all that are shown, and the size of one is not left out', () => {
  const query = injectInfiniteQuery<Todo>('select 1', () => [id()], { pageSize: 10, maxPages: 2 })
  expectTypeOf(query.data()).toEqualTypeOf<readonly Todo[] | undefined>()
  expectTypeOf(query.hasNext()).toEqualTypeOf<boolean>()
  expectTypeOf(query.loadNext).toEqualTypeOf<() => Promise<void>>()
  // @ts-expect-error: it is not optional
  injectInfiniteQuery<Todo>('select 1', [], { maxPages: 2 })
})
