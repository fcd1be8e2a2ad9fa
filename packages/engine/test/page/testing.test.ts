import { createTestDatabase as createFromPackage } from '@datasync/engine/testing'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createTestDatabase } from '../../src/testing.ts'
import { openTodos, TODOS, titles, type Todo } from './open-test-database.ts'

afterEach(() => {
  vi.useRealTimers()
})

describe('a database for tests', () => {
  test('comes with the package', async () => {
    const db = createFromPackage({ migrations: ['create table a (x)'] })
    await db.run('insert into a values (1)')

    expect(await db.query('select x from a')).toEqual([{ x: 1 }])
    expect(db).toMatchObject({ name: 'test' })
    await db.close()
  })

  test('is apart from every other of its name', async () => {
    const first = await openTodos()
    const second = await openTodos()
    await first.run('delete from todo')

    expect(await second.get('select count(*) as n from todo')).toEqual({ n: 3 })
  })

  test('flushes what was begun, what that begins, and nothing that waits for somebody', async () => {
    const db = await openTodos()
    const tx = await db.begin()
    const waiting = vi.fn<() => void>()
    void db.run("insert into todo (title) values ('waits')").then(waiting)
    const observer = db.observe<Todo>(TODOS)
    const seen: (readonly string[] | undefined)[] = []
    observer.subscribe(() => {
      seen.push(titles(observer.getSnapshot().data))
      if (seen.length === 1) void tx.run("insert into todo (title) values ('second')").then(() => tx.commit())
    })

    await db.flush()

    expect(seen.at(-1)).toEqual(['milk', 'bread', 'paint', 'second', 'waits'])
    expect(waiting).toHaveBeenCalledTimes(1)
    const held = await db.begin()
    const write = db.run('delete from todo')
    await db.flush()
    await held.rollback()
    await write
  })

  test('flushes before it was opened, and after it was closed', async () => {
    const db = createTestDatabase()
    await db.flush()
    expect(db.status.getSnapshot().phase).toBe('idle')

    void db.ready
    await db.flush()
    expect(db.status.getSnapshot().phase).toBe('open')

    await db.close()
    await db.flush()
    expect(db.status.getSnapshot().phase).toBe('closed')
  })

  test('goes on while the timers of a test stand still', async () => {
    vi.useFakeTimers()
    const db = createTestDatabase({ migrations: ['create table a (x)'] })
    onTestFinished(() => db.close())

    await db.run('insert into a values (1)')
    await db.flush()

    expect(await db.query('select x from a')).toEqual([{ x: 1 }])
  })
})
