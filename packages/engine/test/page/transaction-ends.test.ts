import { describe, expect, test, vi } from 'vitest'
import type { Transaction } from '../../src/index.ts'
import { openTodos, titles, TODOS, type Todo } from './open-test-database.ts'

const INSERT = 'insert into todo (title) values (?)'

describe('an explicit transaction', () => {
  test('is ended by its caller', async () => {
    const db = await openTodos()
    const first = await db.begin()
    await first.run(INSERT, ['kept'])
    await first.transaction((inner) => inner.run(INSERT, ['nested']))
    await first.commit()
    const second = await db.begin({ mode: 'deferred' })
    await second.run(INSERT, ['undone'])
    await second.rollback()

    expect(titles(await db.query<Todo>(TODOS))).toEqual(['milk', 'bread', 'paint', 'kept', 'nested'])
    await expect(first.commit()).rejects.toMatchObject({ code: 'transaction-closed' })
    await expect(second.rollback()).rejects.toMatchObject({ code: 'transaction-closed' })
    await expect(second.query('select 1')).rejects.toMatchObject({ code: 'transaction-closed' })
  })

  test('that is left without a commit is undone', async () => {
    const db = await openTodos()
    {
      await using tx = await db.begin()
      await tx.run(INSERT, ['lost'])
    }
    {
      await using tx = await db.begin()
      await tx.run(INSERT, ['kept'])
      await tx.commit()
    }

    expect(titles(await db.query<Todo>(TODOS))).toEqual(['milk', 'bread', 'paint', 'kept'])
  })

  test('whose commit fails can be put right and committed', async () => {
    const db = await openTodos()
    await db.exec('create table child (parent references todo (id) deferrable initially deferred)')
    const tx = await db.begin()
    await tx.run('insert into child values (99)')
    await expect(tx.commit()).rejects.toMatchObject({ code: 'constraint' })

    await tx.run("insert into todo (id, title) values (99, 'parent')")
    await tx.commit()

    expect(await db.query('select * from child')).toEqual([{ parent: 99 }])
  })

  test('may leave the database to others, since nobody can tell who calls', async () => {
    const db = await openTodos()
    const tx = await db.begin()
    await tx.run(INSERT, ['mine'])

    expect(await db.get('select count(*) as n from todo')).toEqual({ n: 3 })
    await tx.commit()
  })
})

describe('the timeout of a transaction', () => {
  test('undoes it, and the calls that waited go on', async () => {
    const db = await openTodos()

    const stuck = db.transaction(
      async (tx) => {
        await tx.run(INSERT, ['stuck'])
        await new Promise(() => undefined)
      },
      { timeout: 30 },
    )
    const waiting = db.run(INSERT, ['waiting'])

    await expect(stuck).rejects.toMatchObject({ code: 'transaction-timeout' })
    await expect(waiting).resolves.toMatchObject({ changes: 1 })
    expect(titles(await db.query<Todo>(TODOS))).toEqual(['milk', 'bread', 'paint', 'waiting'])
  })

  test('is told to later calls of the transaction', async () => {
    const db = await openTodos()
    const tx = await db.begin({ timeout: 20 })
    // On a slow machine, the time is over already.
    await tx.run(INSERT, ['lost']).catch(() => undefined)
    // Once somebody else can write, it has been undone.
    await db.run(INSERT, ['other'])

    await expect(tx.run(INSERT, ['late'])).rejects.toMatchObject({ code: 'transaction-timeout' })
    await expect(tx.commit()).rejects.toMatchObject({ code: 'transaction-timeout' })
  })

  test('says so if a call of the database itself was waiting for it', async () => {
    const db = await openTodos()
    const tx = await db.begin({ timeout: 20 })
    await db.run(INSERT, ['other'])

    await expect(tx.commit()).rejects.toMatchObject({
      code: 'transaction-timeout',
      message: expect.stringContaining('Meanwhile the database itself was called'),
    })

    const alone = await db.begin({ timeout: 20 })
    const error = await vi.waitUntil(
      () =>
        alone.run(INSERT, ['x']).then(
          () => undefined,
          (reason: unknown) => reason,
        ),
      { timeout: 10_000 },
    )
    expect(error).toMatchObject({ code: 'transaction-timeout' })
    expect(String(error)).not.toContain('Meanwhile')
  })
})

describe('the signal of a transaction', () => {
  test('undoes it at once, whatever its callback waits for', async () => {
    const db = await openTodos()
    const controller = new AbortController()
    let kept: Transaction | undefined
    const transaction = db.transaction(
      async (tx) => {
        kept = tx
        await tx.run(INSERT, ['aborted'])
        controller.abort('enough')
        await new Promise(() => undefined)
      },
      { signal: controller.signal },
    )

    await expect(transaction).rejects.toMatchObject({ code: 'aborted', cause: 'enough' })
    await expect(kept?.run(INSERT, ['late'])).rejects.toMatchObject({ code: 'aborted' })
    await db.run(INSERT, ['after'])
    expect(titles(await db.query<Todo>(TODOS))).toEqual(['milk', 'bread', 'paint', 'after'])
  })

  test('lets it not even begin while it waits for another', async () => {
    const db = await openTodos()
    const controller = new AbortController()
    const first = await db.begin()
    const callback = vi.fn<() => Promise<void>>(async () => undefined)
    const second = db.transaction(callback, { signal: controller.signal })
    await db.query('select 1')
    controller.abort()

    await expect(second).rejects.toMatchObject({ code: 'aborted' })
    await first.commit()
    await db.run(INSERT, ['after'])
    expect(callback).not.toHaveBeenCalled()
  })
})
