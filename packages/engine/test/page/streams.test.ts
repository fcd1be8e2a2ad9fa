import { describe, expect, test } from 'vitest'
import { createWithWorkers } from './in-process-worker.ts'
import { openTodos } from './open-test-database.ts'

const MANY = 'with recursive n(i) as (select 1 union all select i + 1 from n limit 10000) select i from n'

describe('a stream', () => {
  test('gives every row, in order', async () => {
    const db = await openTodos()
    let expected = 0

    for await (const { i } of db.stream<{ readonly i: number }>(MANY)) expect(i).toBe(++expected)

    expect(expected).toBe(10_000)
  })

  test('has nothing to give of an empty result', async () => {
    const db = await openTodos()

    expect(await db.stream('select 1 where 0').next()).toEqual({ done: true, value: undefined })
  })

  test('sees one snapshot', async () => {
    const db = await openTodos()
    let count = 0

    for await (const _ of db.stream(`select * from todo, (${MANY})`)) {
      if (count++ === 0) await db.run('delete from todo')
    }

    expect(count).toBe(30_000)
  })

  test('that is left early gives its reader back', async () => {
    const db = await openTodos()

    for (let round = 0; round < 50; round++) {
      for await (const _ of db.stream(MANY)) break
    }
    const unused = db.stream(MANY)
    await expect(unused.return?.()).resolves.toMatchObject({ done: true })

    expect(await db.get('select 1 as one')).toEqual({ one: 1 })
  })

  test.each(['commit', 'rollback'] as const)(
    'of a transaction is closed in the engine, also if it is left after the %s',
    async (end) => {
      const { db, newest } = createWithWorkers()
      const tx = await db.begin()
      const stream = tx.stream(MANY)
      await stream.next()
      await tx[end]()

      await expect(stream.return?.()).resolves.toMatchObject({ done: true })

      const opened = newest().requests.find(({ type }) => type === 'streamOpen')
      const closed = newest().requests.find(({ type }) => type === 'streamClose')
      expect(closed).toBeDefined()
      expect(opened?.payload).toMatchObject({ ...closed?.payload })
    },
  )

  test('that is read on after the end of its transaction fails, and is closed in the engine', async () => {
    const { db, newest } = createWithWorkers()
    const tx = await db.begin()
    const stream = tx.stream(MANY)
    await stream.next()
    await tx.commit()
    const readAll = async (): Promise<void> => {
      for await (const _ of stream) continue
    }

    await expect(readAll()).rejects.toMatchObject({ code: 'transaction-closed' })

    expect(newest().requests.at(-1)?.type).toBe('streamClose')
  })

  test('of which nothing is asked reads nothing', async () => {
    const db = await openTodos()
    for (let i = 0; i < 50; i++) db.stream(MANY)

    await db.flush()

    expect((await db.stream(MANY).next()).done).toBe(false)
  })

  test('tells its error where it is read', async () => {
    const db = await openTodos()

    await expect(db.stream('select').next()).rejects.toMatchObject({ code: 'sql' })
    await expect(db.stream('select ?', [undefined as never]).next()).rejects.toMatchObject({
      code: 'invalid-parameter',
    })
    const failing = db.stream(
      "select i, case when i = 5000 then json('{') else 1 end as j from (" + MANY + ')',
    )
    const readAll = async (): Promise<void> => {
      for await (const _ of failing) continue
    }
    await expect(readAll()).rejects.toMatchObject({ code: 'sql' })
    await expect(failing.next()).resolves.toMatchObject({ done: true })

    expect(await db.get('select 1 as one')).toEqual({ one: 1 })
  })

  test('can write, and gives what it returned', async () => {
    const db = await openTodos()
    const titles: unknown[] = []

    for await (const { title } of db.stream('update todo set done = 1 returning title')) titles.push(title)

    expect(titles).toEqual(['milk', 'bread', 'paint'])
    expect(await db.get('select sum(done) as n from todo')).toEqual({ n: 3 })
  })

  test('ends with its signal', async () => {
    const db = await openTodos()
    const controller = new AbortController()
    const stream = db.stream(MANY, [], { signal: controller.signal })
    let read = 0
    const readAll = async (): Promise<void> => {
      for await (const _ of stream) if (++read === 1) controller.abort('enough')
    }

    await expect(readAll()).rejects.toMatchObject({ code: 'aborted', cause: 'enough' })

    expect(read).toBeLessThan(10_000)
    expect(await db.get('select 1 as one')).toEqual({ one: 1 })
  })

  test('ends with the database', async () => {
    const db = await openTodos()
    const stream = db.stream(MANY)
    await stream.next()
    await db.close()
    const readAll = async (): Promise<void> => {
      for await (const _ of stream) continue
    }

    await expect(readAll()).rejects.toMatchObject({ code: 'closed' })
  })
})
