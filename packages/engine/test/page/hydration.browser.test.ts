import { createDatabase, type Database, type QuerySnapshot } from '@datasync/engine'
import { dehydrate, hydrate } from '@datasync/engine/hydration'
import { expect, onTestFinished, test } from 'vitest'

interface Todo {
  readonly id: number
  readonly title: string
}

const TODOS = 'select id, title from todo order by id'
const COUNT = 'select count(*) as total from todo'
const SCHEMA = `
  create table todo (id integer primary key, title text not null);
  insert into todo (title) values ('milk'), ('bread');
`

function createTodos(): Database {
  const db = createDatabase(`hydrated-${crypto.randomUUID()}`, { storage: 'memory', migrations: [SCHEMA] })
  onTestFinished(() => db.close())
  return db
}

const FROM_SERVER = [
  { id: 1, title: 'milk' },
  { id: 2, title: 'butter' },
]

const stateOf = (rows: readonly object[]) => dehydrate([{ statement: TODOS, rows }])

test('rows of a server are shown before there is an engine, and replaced by live ones', async () => {
  const db = createTodos()
  expect(hydrate(db, stateOf(FROM_SERVER))).toBe(db)
  const observer = db.observe<Todo>(TODOS)
  const hydrated = observer.getSnapshot()

  expect(hydrated).toEqual({
    status: 'success',
    data: FROM_SERVER,
    error: undefined,
    isFetching: true,
    isStale: true,
  })
  expect(observer.getServerSnapshot()).toEqual(hydrated)
  expect(observer.getServerSnapshot().data).toBe(hydrated.data)
  await observer.load()
  expect(observer.getSnapshot().isStale).toBe(true)

  const seen = follow(db, TODOS)
  await expect.poll(() => observer.getSnapshot()).toMatchObject({ isStale: false, isFetching: false })
  expect(observer.getSnapshot().data).toEqual([
    { id: 1, title: 'milk' },
    { id: 2, title: 'bread' },
  ])
  expect(observer.getSnapshot().data?.[0]).toBe(hydrated.data?.[0])
  expect(seen).toHaveLength(1)
  // What was drawn by the server may be hydrated later, in another part of the page.
  expect(observer.getServerSnapshot().data).toBe(hydrated.data)
})

test('a result that is the same is no longer stale, and otherwise the very one', async () => {
  const db = hydrate(
    createTodos(),
    stateOf([
      { id: 1, title: 'milk' },
      { id: 2, title: 'bread' },
    ]),
  )
  const observer = db.observe<Todo>(TODOS)
  const { data } = observer.getSnapshot()
  follow(db, TODOS)

  await expect.poll(() => observer.getSnapshot().isStale).toBe(false)

  expect(observer.getSnapshot().data).toBe(data)
})

test('all queries of a page step from the rows of the server to live ones at once', async () => {
  const state = dehydrate([
    { statement: TODOS, rows: FROM_SERVER },
    { statement: COUNT, rows: [{ total: 9 }] },
  ])
  const db = hydrate(createTodos(), state)
  const observers = [db.observe(TODOS), db.observe(COUNT)]
  const seen: (readonly boolean[])[] = []
  for (const observer of observers) {
    observer.subscribe(() => seen.push(observers.map((each) => each.getSnapshot().isStale)))
  }

  await expect.poll(() => seen.length).toBe(2)

  for (const isStale of seen) expect(isStale).toEqual([false, false])
})

test('a write that resolves is in every query, though its rows came from a server until then', async () => {
  const db = hydrate(createTodos(), stateOf(FROM_SERVER))
  const observer = db.observe<Todo>(TODOS)
  follow(db, TODOS)

  await db.run("insert into todo (title) values ('paint')")

  expect(observer.getSnapshot()).toMatchObject({ isStale: false })
  expect(observer.getSnapshot().data?.map(({ title }) => title)).toEqual(['milk', 'bread', 'paint'])
})

test('live rows are never followed by those of a server', async () => {
  const db = createTodos()
  const state = stateOf(FROM_SERVER)
  const seen = follow(db, TODOS)
  const observer = db.observe(TODOS)
  await expect.poll(() => observer.getSnapshot().status).toBe('success')

  hydrate(db, state)
  hydrate(db, state)
  await db.run("insert into todo (title) values ('paint')")

  expect(seen.map(({ data }) => data?.length)).toEqual([2, 3])
})

test('nor does a query that was let go begin with them again', async () => {
  const db = hydrate(createTodos(), stateOf(FROM_SERVER))
  const observer = db.observe(TODOS)
  const stop = observer.subscribe(() => undefined)
  await expect.poll(() => observer.getSnapshot().isStale).toBe(false)

  stop()
  await expect.poll(() => observer.getSnapshot().status).toBe('pending')

  expect(observer.getSnapshot().data).toBeUndefined()
  expect(observer.getServerSnapshot().data).toEqual(FROM_SERVER)
})

test('a query that waits already is shown the rows of a server that come meanwhile', async () => {
  const db = createTodos()
  const seen = follow(db, TODOS)
  hydrate(db, stateOf(FROM_SERVER))
  await expect.poll(() => seen.at(-1)).toMatchObject({ isStale: false })
  expect(seen.map(({ isStale }) => isStale)).toEqual([true, false])
})

test('where a query fails, it keeps the rows of the server beside the error', async () => {
  const statement = 'select id, title from nowhere'
  const db = hydrate(createTodos(), dehydrate([{ statement, rows: FROM_SERVER }]))
  const observer = db.observe(statement)
  follow(db, statement)

  await expect.poll(() => observer.getSnapshot().status).toBe('error')

  expect(observer.getSnapshot()).toMatchObject({ data: FROM_SERVER, isStale: true, isFetching: false })
  expect(observer.getSnapshot().error?.code).toBe('sql')
})

test('refetch and explain wait for the live result', async () => {
  const db = hydrate(createTodos(), stateOf(FROM_SERVER))
  const observer = db.observe(TODOS)
  expect((await observer.explain()).lastRun?.rowCount).toBe(2)
  await observer.refetch()
  expect(observer.getSnapshot()).toMatchObject({ isStale: false, isFetching: false })
})

test('a database that is none is refused', () => {
  expect(() => hydrate({} as Database, stateOf([]))).toThrow(
    expect.objectContaining({ code: 'invalid-argument' }),
  )
})

/** Every snapshot that a subscriber hears of. */
function follow(db: Database, statement: string): readonly QuerySnapshot[] {
  const observer = db.observe(statement)
  const seen: QuerySnapshot[] = []
  onTestFinished(observer.subscribe(() => seen.push(observer.getSnapshot())))
  return seen
}
