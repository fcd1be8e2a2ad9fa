import { createDatabase, type Database, type DatabaseOptions } from '@datasync/engine'
import { dehydrate, hydrate } from '@datasync/engine/hydration'
import { expect, onTestFinished, test } from 'vitest'

interface Todo {
  readonly id: number
  readonly title: string
}

const TODOS = 'select id, title from todo order by id'
const SCHEMA = `
  create table todo (id integer primary key, title text not null);
  insert into todo (title) values ('milk'), ('bread');
`
const STORED: DatabaseOptions = { storage: 'indexeddb', migrations: [SCHEMA] }
const ROWS = [
  { id: 1, title: 'milk' },
  { id: 2, title: 'bread' },
]

let names = 0

/** A name of this test's own, whose database is deleted at its end. */
function nameOfTest(): string {
  const name = `kept-${++names}-${crypto.randomUUID()}`
  onTestFinished(() => createDatabase(name, STORED).delete())
  return name
}

const itemOf = (name: string): string => `datasync-rows:${name}`
const textOf = (name: string): string => localStorage.getItem(itemOf(name)) ?? ''

/** Shows all queries for as long as it takes to keep their results, as the page before this one did. */
async function visit(name: string, statements: readonly string[] = [TODOS], options = STORED): Promise<void> {
  const db = createDatabase(name, options)
  const stops = statements.map((statement) =>
    db.observe(statement, [], { persist: true }).subscribe(() => undefined),
  )
  await expect.poll(() => textOf(name)).toContain(JSON.stringify(statements.at(-1)).slice(1, -1))
  for (const stop of stops) stop()
  await db.close()
}

function show(db: Database, statement = TODOS) {
  const observer = db.observe<Todo>(statement, [], { persist: true })
  onTestFinished(observer.subscribe(() => undefined))
  return observer
}

function start(name: string, options = STORED): Database {
  const db = createDatabase(name, options)
  onTestFinished(() => db.close())
  return db
}

test('the last result is there at once at the next start, and then the live one', async () => {
  const name = nameOfTest()
  await visit(name)
  const db = start(name)

  const observer = show(db)

  const { data } = observer.getSnapshot()
  expect(observer.getSnapshot()).toMatchObject({
    status: 'success',
    data: ROWS,
    isFetching: true,
    isStale: true,
  })
  expect(db.status.getSnapshot().phase).not.toBe('open')
  // A server knew nothing of it: what it drew is hydrated first.
  expect(observer.getServerSnapshot()).toMatchObject({ status: 'pending', data: undefined })
  await expect.poll(() => observer.getSnapshot()).toMatchObject({ isStale: false, isFetching: false })
  expect(observer.getSnapshot().data).toBe(data)
})

test('what is written is kept in place of what was kept before, in whatever types', async () => {
  const name = nameOfTest()
  await visit(name)
  const db = createDatabase(name, STORED)
  show(db)
  await db.run("update todo set title = 'rye' where id = 2")
  await db.run("insert into todo values (9007199254740993, x'00ff'), (5, 1e999)")
  await expect.poll(() => textOf(name)).toContain('rye')
  await db.close()

  expect(show(start(name)).getSnapshot().data).toEqual([
    { id: 1, title: 'milk' },
    { id: 2, title: 'rye' },
    { id: 5, title: 'Inf' },
    { id: 9007199254740993n, title: new Uint8Array([0, 255]) },
  ])
})

test('a query that does not ask for it neither keeps its result nor sees it', async () => {
  const name = nameOfTest()
  await visit(name)
  const db = start(name)
  expect(db.observe(TODOS).getSnapshot().status).toBe('pending')
})

test('rows that a server gave are shown rather than those that were kept', async () => {
  const name = nameOfTest()
  await visit(name)
  const rows = [{ id: 1, title: 'butter' }]
  const db = hydrate(start(name), dehydrate([{ statement: TODOS, rows }]))
  expect(show(db).getSnapshot()).toMatchObject({ data: rows, isStale: true })
})

test('results of a database are not those of another, nor of one in memory', async () => {
  const name = nameOfTest()
  await visit(name)
  expect(show(start(`${name}-2`, { ...STORED, storage: 'memory' })).getSnapshot().status).toBe('pending')
  expect(show(start(name, { ...STORED, storage: 'memory' })).getSnapshot().status).toBe('pending')
  expect(textOf(name)).not.toBe('')
})

test('the end of a database is the end of its results', async () => {
  const name = nameOfTest()
  await visit(name)
  const db = createDatabase(name, STORED)
  const observer = show(db)
  await expect.poll(() => observer.getSnapshot().isStale).toBe(false)
  void db.run("insert into todo (title) values ('paint')")

  await db.delete()

  expect(textOf(name)).toBe('')
  const again = start(name)
  expect(show(again).getSnapshot().status).toBe('pending')
  await again.ready
})

test('results of another schema are neither shown nor left', async () => {
  const name = nameOfTest()
  await visit(name)
  const db = start(name, { ...STORED, migrations: [SCHEMA, 'alter table todo add column done'] })
  expect(show(db).getSnapshot().status).toBe('pending')
  expect(textOf(name)).toBe('')
})

test.each([
  'null',
  '7',
  '{',
  '[]',
  '{"format":1,"migrations":1}',
  '{"format":1,"migrations":1,"results":null}',
  '{"format":2,"migrations":1,"results":{}}',
  JSON.stringify({ format: 1, migrations: 1, results: { [`${TODOS.length}:${TODOS}`]: { names: ['id'] } } }),
  JSON.stringify({
    format: 1,
    migrations: 1,
    results: { [`${TODOS.length}:${TODOS}`]: { names: ['id'], values: [[[]]] } },
  }),
])('what is no result is neither shown nor left: %s', async (text) => {
  const name = nameOfTest()
  localStorage.setItem(itemOf(name), text)

  const observer = show(start(name))

  expect(observer.getSnapshot().status).toBe('pending')
  expect(localStorage.getItem(itemOf(name))).toBeNull()
  await expect.poll(() => observer.getSnapshot()).toMatchObject({ data: ROWS, isStale: false })
  await expect.poll(() => textOf(name)).toContain('milk')
})

test('a result that is large is not kept, and nor is an older one in its place', async () => {
  const name = nameOfTest()
  await visit(name)
  const db = start(name)
  show(db)
  show(db, 'select 1 as one')
  await expect.poll(() => textOf(name)).toContain('select 1')

  await db.run('update todo set title = ?', ['milk'.repeat(20_000)])

  await expect.poll(() => textOf(name)).not.toContain('select id, title')
  expect(textOf(name)).toContain('select 1')
})

test('of many results, the newest are kept', async () => {
  const name = nameOfTest()
  const statements = Array.from({ length: 6 }, (_, n) => `select ${n} as n, printf('%40000c', 'x') as title`)
  await visit(name, statements)
  const db = start(name)
  const isKept = statements.map((statement) => show(db, statement).getSnapshot().status === 'success')
  expect(isKept).toEqual([false, false, true, true, true, true])
})

test('a query that was let go shows its last rows as stale when it is asked again', async () => {
  const db = start(nameOfTest())
  const observer = db.observe<Todo>(TODOS, [], { persist: true })
  const stop = observer.subscribe(() => undefined)
  await expect.poll(() => observer.getSnapshot()).toMatchObject({ data: ROWS, isStale: false })
  const { data } = observer.getSnapshot()

  stop()
  await expect.poll(() => observer.getSnapshot().isStale).toBe(true)
  await db.run("update todo set title = 'rye' where id = 2")
  expect(observer.getSnapshot().data).toBe(data)

  onTestFinished(observer.subscribe(() => undefined))
  await expect.poll(() => observer.getSnapshot().isStale).toBe(false)
  expect(observer.getSnapshot().data?.[0]).toBe(data?.[0])
  expect(observer.getSnapshot().data?.[1]?.title).toBe('rye')
})
