import {
  sql,
  type Database,
  type DatabaseStatus,
  type DataSyncError,
  type RunResult,
  type SqlParameters,
  type SqlRow,
} from '@datasync/engine'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { drizzle } from 'drizzle-orm/sqlite-proxy'
import type { Generated, Kysely } from 'kysely'
import { computed, createApp, ref, shallowRef, type ComputedRef } from 'vue'
import { expectTypeOf, test } from 'vitest'
import {
  dataSync,
  provideDatabase,
  useDatabase,
  useDatabaseStatus,
  useMutation,
  useInfiniteQuery,
  useQuery,
  type QueryRefs,
} from '../src/index.ts'

interface Todo {
  readonly id: number
  readonly title: string
}

type Rows<Row> = ComputedRef<readonly Row[] | undefined>

declare const db: Database
declare const kysely: Kysely<{ todo: { id: Generated<number>; title: string; done: number } }>
declare const props: { readonly list: number; readonly search?: string }
const todo = sqliteTable('todo', { id: integer().primaryKey(), title: text().notNull() })
const orm = drizzle(async () => ({ rows: [] }))
const list = ref(1)

test('rows are of the type parameter, of the statement, or of SQL values', () => {
  expectTypeOf(useQuery('select 1').data).toEqualTypeOf<Rows<SqlRow>>()
  expectTypeOf(useQuery<Todo>('select 1').data).toEqualTypeOf<Rows<Todo>>()
  expectTypeOf(useQuery(sql<Todo>`select 1`).data).toEqualTypeOf<Rows<Todo>>()
  expectTypeOf(useQuery({ sql: 'select 1', parameters: [1] }).data).toEqualTypeOf<Rows<SqlRow>>()
})

test('rows are of the type of a statement in a ref, a computed or a getter', () => {
  expectTypeOf(useQuery(shallowRef(sql<Todo>`select 1`)).data).toEqualTypeOf<Rows<Todo>>()
  expectTypeOf(useQuery(computed(() => sql<Todo>`select ${list.value}`)).data).toEqualTypeOf<Rows<Todo>>()
  expectTypeOf(useQuery(() => sql<Todo>`select ${list.value}`).data).toEqualTypeOf<Rows<Todo>>()
  expectTypeOf(useQuery(() => props.search && sql<Todo>`select ${props.search}`).data).toEqualTypeOf<
    Rows<Todo>
  >()
  expectTypeOf(useQuery<Todo>(() => (list.value > 0 ? 'select 1' : null)).data).toEqualTypeOf<Rows<Todo>>()
})

test('rows are of the type that a query builder gives them', () => {
  const ofKysely = useQuery(() =>
    kysely.selectFrom('todo').select(['id', 'title']).where('id', '=', list.value),
  )
  expectTypeOf(ofKysely.data).toEqualTypeOf<Rows<{ id: number; title: string }>>()
  expectTypeOf(useQuery(kysely.selectFrom('todo').select('title')).data).toEqualTypeOf<
    Rows<{ title: string }>
  >()
  const ofDrizzle = useQuery(() => orm.select().from(todo))
  expectTypeOf(ofDrizzle.data).toEqualTypeOf<Rows<{ id: number; title: string }>>()
  expectTypeOf(useQuery(orm.select().from(todo)).data).toEqualTypeOf<Rows<{ id: number; title: string }>>()
})

test('parameters may be refs and getters, together and each', () => {
  useQuery('select ?', [list, () => props.list, computed(() => props.search ?? null), 1])
  useQuery('select ?', () => [props.list])
  useQuery('select ?', ref([1]))
  useQuery('select :list', { list, search: () => props.search ?? null })
  useQuery('select :list', () => ({ list: props.list }))
  useQuery('select 1', undefined)
})

test('options may be refs and getters', () => {
  useQuery('select 1', [], { enabled: ref(true) })
  useQuery('select 1', [], { enabled: () => props.list > 0 })
  useQuery('select 1', [], { enabled: computed(() => true), keepPrevious: true, database: db })
  useQuery('select 1', [], () => ({ keepPrevious: props.list > 0 }))
})

test('every field is a read-only ref', () => {
  const query = useQuery<Todo>('select 1')
  expectTypeOf(query.error).toEqualTypeOf<ComputedRef<DataSyncError | undefined>>()
  expectTypeOf(query.status).toEqualTypeOf<ComputedRef<'pending' | 'success' | 'error'>>()
  expectTypeOf(query.isPending).toEqualTypeOf<ComputedRef<boolean>>()
  expectTypeOf(query.isFetching).toEqualTypeOf<ComputedRef<boolean>>()
  expectTypeOf(query.isStale).toEqualTypeOf<ComputedRef<boolean>>()
  expectTypeOf(query.refetch).returns.resolves.toEqualTypeOf<void>()
})

test('awaited, it has the same refs and no promise', async () => {
  expectTypeOf(await useQuery<Todo>('select 1')).toEqualTypeOf<QueryRefs<readonly Todo[]>>()
})

test('data is what select makes of the rows', () => {
  const count = useQuery(sql<Todo>`select 1`, undefined, { select: (rows) => rows.length })
  expectTypeOf(count.data).toEqualTypeOf<ComputedRef<number | undefined>>()
  const names = useQuery(() => sql<Todo>`select 1`, [], {
    enabled: ref(true),
    initialData: [],
    select: (rows) => rows.map((row) => row.title),
  })
  expectTypeOf(names.data).toEqualTypeOf<ComputedRef<string[] | undefined>>()
})

test('a mutation of a statement takes its parameters', () => {
  const remove = useMutation('delete from todo where id = ?')
  expectTypeOf(remove.mutate).toEqualTypeOf<(variables: SqlParameters | void) => void>()
  expectTypeOf(remove.mutateAsync).returns.resolves.toEqualTypeOf<RunResult>()
  expectTypeOf(remove.data).toEqualTypeOf<ComputedRef<RunResult | undefined>>()
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
  expectTypeOf(rename.data).toEqualTypeOf<ComputedRef<string | undefined>>()
  const clear = useMutation((database) => database.run('delete from todo'))
  expectTypeOf(clear.mutate).toEqualTypeOf<(variables: void) => void>()
})

test('the rest is as documented', () => {
  createApp({}).use(dataSync(db))
  provideDatabase(db)
  expectTypeOf(useDatabase()).toEqualTypeOf<Database>()
  expectTypeOf(useDatabaseStatus({ database: db })).toEqualTypeOf<ComputedRef<DatabaseStatus>>()
})

test('what would fail at run time does not compile', () => {
  // @ts-expect-error a row has no such column
  useQuery(sql<Todo>`select 1`).data.value?.[0]?.nope
  // @ts-expect-error rows are read-only
  useQuery<Todo>('select 1').data.value?.push({ id: 1, title: 'a' })
  // @ts-expect-error rows may not be there yet
  useQuery<Todo>('select 1').data.value.length
  // @ts-expect-error a result is read-only
  useQuery<Todo>('select 1').data.value = []
  // @ts-expect-error its fields are refs
  useQuery<Todo>('select 1').data?.[0]
  // @ts-expect-error a date cannot be bound
  useQuery('select ?', [new Date()])
  // @ts-expect-error nor one in a ref
  useQuery('select ?', [ref(new Date())])
  // @ts-expect-error nor one in an object
  useQuery('select :since', { since: () => new Date() })
  // @ts-expect-error an option is misspelt
  useQuery('select 1', [], { enable: true })
  // @ts-expect-error only enabled may be a ref; the options may be a getter
  useQuery('select 1', [], { keepPrevious: ref(true) })
  // @ts-expect-error the rows of a query are its initial data
  useQuery(sql<Todo>`select 1`, [], { initialData: [{ id: 'one' }] })
  // @ts-expect-error a number is not a statement
  useQuery(42)
  // @ts-expect-error nor is one in a ref
  useQuery(list)
  // @ts-expect-error awaited, there is nothing more to wait for
  void useQuery('select 1').then((query) => query.then)
  // @ts-expect-error a function that takes variables needs them
  useMutation(async (_, variables: Todo) => variables).mutate()
  // @ts-expect-error and the right ones
  useMutation(async (_, variables: Todo) => variables).mutate({ id: 'one' })
  // @ts-expect-error a mutation is asynchronous
  useMutation(() => 1)
  // @ts-expect-error the plugin needs a database
  dataSync()
})

test('pages have the rows of all that are shown, and the size of one is not left out', () => {
  const query = useInfiniteQuery<Todo>('select 1', [], { pageSize: 10, maxPages: 2 })
  expectTypeOf(query.data.value).toEqualTypeOf<readonly Todo[] | undefined>()
  expectTypeOf(query.hasNext.value).toEqualTypeOf<boolean>()
  expectTypeOf(query.loadNext).toEqualTypeOf<() => Promise<void>>()
  // @ts-expect-error: it is not optional
  useInfiniteQuery<Todo>('select 1', [], { maxPages: 2 })
})
