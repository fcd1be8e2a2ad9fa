import { createQueryReader, followResults, type QueryOptions, type ResultFollower } from '../../src/index.ts'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openTodos, titles, TODOS, type Todo } from './open-test-database.ts'

async function follow(
  follower: ResultFollower<readonly Todo[]>,
  { isOnServer = false, ...options }: QueryOptions<Todo> & { readonly isOnServer?: boolean } = {},
) {
  const db = await openTodos()
  const read = createQueryReader<Todo>()
  const observer = db.observe<Todo>(TODOS)
  const follows = () =>
    followResults(observer, (snapshot) => read(observer, snapshot, options), isOnServer, follower)
  return { db, observer, follows }
}

test('tells of the present result at once, then of each that differs, until it is ended', async () => {
  const seen: unknown[] = []
  const { db, observer, follows } = await follow({ next: ({ data }) => seen.push(titles(data)) })

  const stop = follows()
  expect(seen).toEqual([undefined])
  await observer.load()
  await db.run('update todo set title = title')
  await db.run('delete from todo where id > 1')
  expect(seen).toEqual([undefined, ['milk', 'bread', 'paint'], ['milk']])

  stop()
  await db.run('delete from todo')
  expect(seen).toHaveLength(3)
})

test('tells nothing of a change that leaves the result as it was', async () => {
  const seen: unknown[] = []
  const { db, observer, follows } = await follow(
    { next: ({ data }) => seen.push(titles(data)) },
    { select: (todos) => todos.slice(0, 1) },
  )
  await observer.load()
  onTestFinished(follows())
  const before = observer.getSnapshot()

  await db.run('delete from todo where id = 3')

  expect(observer.getSnapshot()).not.toBe(before)
  expect(seen).toEqual([['milk']])
})

test('tells of the pending result alone on a server, and asks nothing', async () => {
  const seen: unknown[] = []
  const { db, observer, follows } = await follow(
    { next: ({ status }) => seen.push(status) },
    { isOnServer: true },
  )
  await observer.load()

  follows()
  await db.run('delete from todo')

  expect(seen).toEqual(['pending'])
  expect(db.liveQueries.getSnapshot()).toMatchObject([{ subscribers: 0 }])
})

test('tells what select threw, and goes on', async () => {
  const told: unknown[] = []
  const error = new Error('select')
  const { db, observer, follows } = await follow(
    { next: ({ data }) => told.push(titles(data)), error: (thrown) => told.push(thrown) },
    {
      select: (todos) => {
        if (todos.length === 3) throw error
        return todos
      },
    },
  )

  follows()
  await observer.load()
  await db.run('delete from todo where id > 1')

  expect(told).toEqual([undefined, error, ['milk']])
})

test('does not take what a follower throws for what reading threw', async () => {
  const error = vi.fn<(error: unknown) => void>()
  const { follows } = await follow({
    next: () => {
      throw new Error('follower')
    },
    error,
  })

  expect(follows).toThrow('follower')
  expect(error).not.toHaveBeenCalled()
})
