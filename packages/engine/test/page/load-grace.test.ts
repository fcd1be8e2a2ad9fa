import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openTodos, TODOS } from './open-test-database.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

/** Longer than any query is kept for nobody. */
const LONG = 10_000

test('a loaded query waits for another load, since one component tree may need both', async () => {
  const db = await openTodos()
  const first = db.observe(TODOS)
  await first.load()
  await db.flush()

  const loading = db.observe('select count(*) from todo').load()
  vi.advanceTimersByTime(LONG)
  expect(first.getSnapshot().status).toBe('success')

  await loading
  await db.flush()
  vi.advanceTimersByTime(LONG)
  expect(first.getSnapshot().status).toBe('pending')
  expect(db.liveQueries.getSnapshot()).toEqual([])
})

test('a query that was subscribed to and left does not wait', async () => {
  const db = await openTodos()
  const first = db.observe(TODOS)
  const stop = first.subscribe(() => undefined)
  await first.load()
  stop()
  await db.flush()

  const loading = db.observe('select count(*) from todo').load()
  vi.advanceTimersByTime(LONG)

  expect(first.getSnapshot().status).toBe('pending')
  await loading
})
