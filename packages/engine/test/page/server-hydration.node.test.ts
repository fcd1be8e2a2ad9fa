import { expect, onTestFinished, test } from 'vitest'
import { dehydrate, hydrate } from '../../src/hydration.ts'
import { createDatabase, type Database } from '../../src/index.ts'

const TITLES = 'select title from todo where owner = ?'

function serve(): Database {
  const db = createDatabase(`server-${crypto.randomUUID()}`)
  onTestFinished(() => db.close())
  return db
}

const stateOf = (owner: string, title: string) =>
  dehydrate([{ statement: TITLES, parameters: [owner], rows: [{ title }] }])

test('on a server, a query has the rows that it was given, at once and for good', async () => {
  const db = hydrate(serve(), stateOf('ann', 'milk'))
  const observer = db.observe(TITLES, ['ann'])

  await observer.load()

  expect(observer.getServerSnapshot()).toEqual({
    status: 'success',
    data: [{ title: 'milk' }],
    error: undefined,
    isFetching: true,
    isStale: true,
  })
  expect(observer.getSnapshot()).toBe(observer.getServerSnapshot())
  expect(db.observe(TITLES, ['ann'])).toBe(observer)
  expect(db.status.getSnapshot().phase).toBe('idle')
})

test('the rows of one request are not those of another, nor of the handle that both share', () => {
  const db = serve()
  const [ann, bob] = [hydrate(db, stateOf('ann', 'milk')), hydrate(db, stateOf('bob', 'bread'))]
  const dataOf = (handle: Database, owner: string) => handle.observe(TITLES, [owner]).getServerSnapshot().data

  expect(dataOf(ann, 'ann')).toEqual([{ title: 'milk' }])
  expect(dataOf(bob, 'bob')).toEqual([{ title: 'bread' }])
  for (const [handle, owner] of [
    [ann, 'bob'],
    [bob, 'ann'],
    [db, 'ann'],
    [db, 'bob'],
  ] as const) {
    expect(dataOf(handle, owner)).toBeUndefined()
  }
})

test('parts of a page add to what there is around them', () => {
  const db = hydrate(hydrate(serve(), stateOf('ann', 'milk')), stateOf('bob', 'bread'))
  expect(db.observe(TITLES, ['ann']).getSnapshot().data).toEqual([{ title: 'milk' }])
  expect(db.observe(TITLES, ['bob']).getSnapshot().data).toEqual([{ title: 'bread' }])
})

test('the same state gives the same handle, which is otherwise like that of the database', async () => {
  const db = serve()
  const state = stateOf('ann', 'milk')
  const hydrated = hydrate(db, state)

  expect(hydrate(db, state)).toBe(hydrated)
  expect(hydrated.name).toBe(db.name)
  expect(hydrated.observe(7 as never).getSnapshot().error?.code).toBe('invalid-argument')
  await expect(hydrated.query('select 1')).rejects.toMatchObject({ code: 'storage-unavailable' })
})

test.each([
  undefined,
  null,
  'state',
  {},
  { format: 2, queries: [] },
  { format: 1 },
  { format: 1, queries: [{}] },
  { format: 1, queries: [{ names: [], values: [] }] },
  { format: 1, queries: [{ key: 'k', names: ['a'], values: [] }] },
  { format: 1, queries: [{ key: 'k', names: ['a', 'b'], values: [[1], []] }] },
  { format: 1, queries: [{ key: 'k', names: ['a'], values: [[true]] }] },
  { format: 1, queries: [{ key: 'k', names: ['a'], values: [[{ blob: '*' }]] }] },
  { format: 1, queries: [{ key: 'k', names: ['a'], values: [[{ integer: 'one' }]] }] },
])('what is no state is refused: %j', (state) => {
  const db = serve()
  expect(() => hydrate(db, state as never)).toThrow(expect.objectContaining({ code: 'invalid-argument' }))
  expect(hydrate(db, stateOf('ann', 'milk')).observe(TITLES, ['ann']).getSnapshot().data).toHaveLength(1)
})
