import { afterEach, describe, expect, test, vi } from 'vitest'
import { openTodos, TODOS, titles } from './open-test-database.ts'
import { liveStatements, observeTodos, record } from './observe-todos.ts'

afterEach(() => {
  vi.useRealTimers()
})

describe('a live query', () => {
  test('is pending, being fetched and always the same before its first result', async () => {
    const db = await openTodos()
    const observer = observeTodos(db)

    expect(observer.getSnapshot()).toEqual({
      status: 'pending',
      data: undefined,
      error: undefined,
      isFetching: true,
      isStale: false,
    })
    expect(observer.getServerSnapshot()).toBe(observer.getSnapshot())
    expect(liveStatements(db)).toEqual([])

    const before = observer.getSnapshot()
    observer.subscribe(() => undefined)
    expect(observer.getSnapshot()).toBe(before)
    await db.flush()
    expect(observer.getServerSnapshot()).toBe(before)
  })

  test('delivers its first rows, then every change, to each listener once', async () => {
    const db = await openTodos()
    const first = record(observeTodos(db))
    const second = record(observeTodos(db))

    await db.flush()
    await db.run("update todo set title = 'rye' where id = 2")

    const expected = [
      ['milk', 'bread', 'paint'],
      ['milk', 'rye', 'paint'],
    ]
    expect(first.seen).toEqual(expected)
    expect(second.seen).toEqual(expected)
  })

  test('is one for the same statement and parameters, however they are written', async () => {
    const db = await openTodos()

    expect(db.observe(TODOS)).toBe(db.observe({ sql: TODOS, parameters: [] }))
    expect(db.observe('select ?', [1])).toBe(
      db.observe({ compile: () => ({ sql: 'select ?', parameters: [1] }) }),
    )
    expect(db.observe('select ?', [1])).not.toBe(db.observe('select ?', ['1']))
  })

  test('P4: shows a write when its promise resolves', async () => {
    const db = await openTodos()
    const observer = observeTodos(db)
    observer.subscribe(() => undefined)
    await observer.load()

    await db.run("insert into todo (title) values ('rice')")
    expect(titles(observer.getSnapshot().data)).toContain('rice')

    await db.transaction(async (tx) => {
      await tx.run("delete from todo where title = 'rice'")
      expect(titles(observer.getSnapshot().data)).toContain('rice')
    })
    expect(titles(observer.getSnapshot().data)).not.toContain('rice')
  })

  test('P3: all step from one commit to the next before anybody is notified', async () => {
    const db = await openTodos()
    const count = db.observe<{ readonly n: number }>('select count(*) as n from todo')
    const list = observeTodos(db)
    const pairs: (readonly [number | undefined, number | undefined])[] = []
    const look = (): void => {
      pairs.push([count.getSnapshot().data?.[0]?.n, list.getSnapshot().data?.length])
    }
    count.subscribe(look)
    list.subscribe(look)
    await db.flush()

    await Promise.all([
      db.run("insert into todo (title) values ('a')"),
      db.run("insert into todo (title) values ('b')"),
    ])
    await db.run('delete from todo')

    expect(pairs.length).toBeGreaterThanOrEqual(6)
    for (const [counted, listed] of pairs) expect(counted).toBe(listed)
    expect(pairs.at(-1)).toEqual([0, 0])
  })

  test('P5: keeps the objects of rows that did not change, and says nothing where nothing did', async () => {
    const db = await openTodos()
    const observer = observeTodos(db)
    const { seen } = record(observer)
    await db.flush()
    const before = observer.getSnapshot()

    await db.run('update todo set done = done')
    await db.run("update todo set title = 'milk' where id = 1")
    expect(observer.getSnapshot()).toBe(before)
    expect(seen).toHaveLength(1)

    await db.run("insert into todo (id, title) values (0, 'first')")
    const after = observer.getSnapshot()
    expect(Object.isFrozen(after) && Object.isFrozen(after.data) && Object.isFrozen(after.data?.[0])).toBe(
      true,
    )
    expect(after.data?.slice(1)).toEqual(before.data)
    before.data?.forEach((row, index) => expect(after.data?.[index + 1]).toBe(row))
  })

  test('does not tell of a transaction that was undone', async () => {
    const db = await openTodos()
    const { seen } = record(observeTodos(db))
    await db.flush()

    await expect(
      db.transaction(async (tx) => {
        await tx.run('delete from todo')
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    await db.flush()

    expect(seen).toHaveLength(1)
  })

  test('keeps its rows in an error, and recovers by itself', async () => {
    const db = await openTodos()
    const observer = observeTodos(db)
    observer.subscribe(() => undefined)
    await observer.load()
    const { data } = observer.getSnapshot()

    await db.exec('alter table todo rename to hidden')
    expect(observer.getSnapshot()).toMatchObject({
      status: 'error',
      error: { code: 'sql' },
      isFetching: false,
      isStale: false,
    })
    expect(observer.getSnapshot().data).toBe(data)

    await db.exec('alter table hidden rename to todo')
    expect(observer.getSnapshot()).toEqual({
      status: 'success',
      data,
      error: undefined,
      isFetching: false,
      isStale: false,
    })
  })

  test('keeps its rows when the database is closed, also for who looks it up then', async () => {
    const db = await openTodos()
    const observer = observeTodos(db)
    observer.subscribe(() => undefined)
    await observer.load()
    const { data } = observer.getSnapshot()

    const closed = db.close()
    expect(observeTodos(db)).toBe(observer)
    await closed

    expect(observeTodos(db)).toBe(observer)
    expect(observer.getSnapshot()).toMatchObject({ status: 'error', error: { code: 'closed' } })
    expect(observer.getSnapshot().data).toBe(data)
    expect(db.observe('select 1').getSnapshot()).toMatchObject({ status: 'error', error: { code: 'closed' } })
  })

  test('does not tell of the same error again', async () => {
    const db = await openTodos()
    const observer = db.observe('select * from missing')
    const listener = vi.fn<() => void>()
    observer.subscribe(listener)
    await db.flush()
    const { error } = observer.getSnapshot()

    await db.exec('create table other (a)')
    await db.flush()

    expect(error).toMatchObject({ code: 'sql', detail: { sql: 'select * from missing' } })
    expect(observer.getSnapshot().error).toBe(error)
    expect(listener).toHaveBeenCalledTimes(1)
  })

  test('cannot write', async () => {
    const db = await openTodos()
    const observer = db.observe("insert into todo (title) values ('x') returning *")

    await observer.load()

    expect(observer.getSnapshot()).toMatchObject({ status: 'error', error: { code: 'not-read-only' } })
    expect(await db.get('select count(*) as n from todo')).toEqual({ n: 3 })
  })

  test.each([
    [undefined, 'invalid-argument'],
    [{ sql: 'select ?', parameters: [undefined] }, 'invalid-parameter'],
  ])(
    'that is none (%o) is an observer of the error, the same one each time',
    async (statement: unknown, code) => {
      const db = await openTodos()

      const observer = db.observe(statement as string)

      expect(observer.getSnapshot()).toMatchObject({ status: 'error', error: { code } })
      expect(observer.getServerSnapshot()).toMatchObject({ status: 'pending' })
      expect(db.observe(statement as string)).toBe(observer)
      await expect(observer.load()).resolves.toBeUndefined()
      observer.subscribe(() => expect.unreachable())()
    },
  )
})
