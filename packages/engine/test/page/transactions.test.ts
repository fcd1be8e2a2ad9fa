import { describe, expect, test } from 'vitest'
import type { Transaction, TransactionOptions } from '../../src/index.ts'
import { openTodos, titles, TODOS, type Todo } from './open-test-database.ts'

const INSERT = 'insert into todo (title) values (?)'

describe('a transaction', () => {
  test('is committed with what its callback returns', async () => {
    const db = await openTodos()

    const result = await db.transaction(async (tx) => {
      await tx.run(INSERT, ['rice'])
      await tx.exec("insert into todo (title) values ('a'); insert into todo (title) values ('b')")
      const [inserted] = await tx.batch([{ sql: INSERT, parameters: ['c'] }, 'select 1'])
      const { rows } = await tx.execute('select count(*) from todo')
      const streamed: unknown[] = []
      for await (const row of tx.stream('select id from todo')) streamed.push(row)
      return [
        inserted?.changes,
        rows,
        streamed.length,
        await tx.get("select id from todo where title = 'rice'"),
      ]
    })

    expect(result).toEqual([1, [[7]], 7, { id: 4 }])
    expect(await db.get('select count(*) as n from todo')).toEqual({ n: 7 })
  })

  test('is undone if its callback throws, which the caller is told', async () => {
    const db = await openTodos()
    const error = new Error('mine')

    await expect(
      db.transaction(async (tx) => {
        await tx.run(INSERT, ['rice'])
        throw error
      }),
    ).rejects.toBe(error)
    const throwAtOnce = (): Promise<never> => {
      throw error
    }
    await expect(db.transaction(throwAtOnce)).rejects.toBe(error)
    await expect(
      db.transaction(async (tx) => {
        await tx.run(INSERT, ['rice'])
        await tx.run(INSERT, ['milk'])
      }),
    ).rejects.toMatchObject({ code: 'constraint', detail: { constraint: 'unique' } })

    expect(titles(await db.query<Todo>(TODOS))).toEqual(['milk', 'bread', 'paint'])
  })

  test('hides from others what it has not committed, and keeps them waiting only to write', async () => {
    const db = await openTodos()
    const order: string[] = []
    const tx = await db.begin()
    await tx.run(INSERT, ['rice'])

    const write = db.run(INSERT, ['later']).then(() => order.push('write'))
    expect(titles(await db.query<Todo>(TODOS))).not.toContain('rice')
    order.push('read')
    expect(order).toEqual(['read'])
    await tx.commit()
    await write

    expect(titles(await db.query<Todo>(TODOS))).toEqual(['milk', 'bread', 'paint', 'rice', 'later'])
  })

  test('takes its turn among others', async () => {
    const db = await openTodos()
    await db.exec('create table counter (n); insert into counter values (0)')
    const increment = (): Promise<void> =>
      db.transaction(async (tx) => {
        const row = await tx.get<{ readonly n: number }>('select n from counter')
        await tx.run('update counter set n = ?', [(row?.n ?? 0) + 1])
      })

    await Promise.all(Array.from({ length: 20 }, increment))

    expect(await db.get('select n from counter')).toEqual({ n: 20 })
  })

  test('that SQLite has undone itself is told at the latest by the commit', async () => {
    const db = await openTodos()

    await expect(
      db.transaction(async (tx) => {
        await tx.run(INSERT, ['rice'])
        await tx.run('insert or rollback into todo (title) values (?)', ['milk']).catch(() => undefined)
      }),
    ).rejects.toMatchObject({ code: 'transaction-closed', message: expect.stringContaining('SQLite undid') })
    expect(titles(await db.query<Todo>(TODOS))).not.toContain('rice')
  })

  test('takes no calls once it has ended', async () => {
    const db = await openTodos()
    let kept: Transaction | undefined
    await db.transaction(async (tx) => {
      kept = tx
    })

    await expect(kept?.run(INSERT, ['late'])).rejects.toMatchObject({ code: 'transaction-closed' })
    await expect(kept?.transaction(async () => 1)).rejects.toMatchObject({ code: 'transaction-closed' })
    await expect(kept?.stream('select 1').next()).rejects.toMatchObject({ code: 'transaction-closed' })
    await expect(db.run(INSERT, ['after'])).resolves.toMatchObject({ changes: 1 })
  })

  test('cannot be ended by a statement of its own', async () => {
    const db = await openTodos()

    await expect(db.transaction((tx) => tx.exec('commit'))).rejects.toMatchObject({
      code: 'transaction-control',
    })
    await expect(db.run('begin')).rejects.toMatchObject({ code: 'transaction-control' })
    await expect(db.run(INSERT, ['after'])).resolves.toMatchObject({ changes: 1 })
  })

  test('whose commit a constraint forbids is undone', async () => {
    const db = await openTodos()
    await db.exec('create table child (parent references todo (id) deferrable initially deferred)')

    await expect(db.transaction((tx) => tx.run('insert into child values (99)'))).rejects.toMatchObject({
      code: 'constraint',
      detail: { constraint: 'foreign key' },
    })

    expect(await db.query('select * from child')).toEqual([])
    await expect(db.run(INSERT, ['after'])).resolves.toMatchObject({ changes: 1 })
  })

  test.each<[unknown, TransactionOptions]>([
    ['a mode', { mode: 'sometimes' as 'immediate' }],
    ['a timeout', { timeout: 0 }],
    ['a timeout', { timeout: Number.NaN }],
  ])('is refused %s that there is none of', async (_, options) => {
    const db = await openTodos()

    await expect(db.transaction(async () => 1, options)).rejects.toMatchObject({ code: 'invalid-argument' })
    await expect(db.transaction('begin' as never)).rejects.toMatchObject({ code: 'invalid-argument' })
    await expect(db.transaction(async () => 1, { mode: 'exclusive', timeout: Infinity })).resolves.toBe(1)
  })
})

describe('a nested transaction', () => {
  test('is undone alone', async () => {
    const db = await openTodos()

    await db.transaction(async (tx) => {
      await tx.run(INSERT, ['outer'])
      await expect(
        tx.transaction(async (inner) => {
          await inner.run(INSERT, ['inner'])
          throw new Error('inner fails')
        }),
      ).rejects.toThrow('inner fails')
      await tx.transaction(async (inner) => {
        await inner.run(INSERT, ['second'])
        await inner.transaction(async (innermost) => {
          await innermost.run(INSERT, ['third'])
        })
      })
    })

    expect(titles(await db.query<Todo>(TODOS))).toEqual([
      'milk',
      'bread',
      'paint',
      'outer',
      'second',
      'third',
    ])
  })

  test('waits for the one before, and has the outer one wait for it', async () => {
    const db = await openTodos()

    await db.transaction(async (tx) => {
      await Promise.all([
        tx
          .transaction(async (inner) => {
            await inner.run(INSERT, ['a'])
            await inner.query('select 1')
            throw new Error('no')
          })
          .catch(() => undefined),
        tx.transaction((inner) => inner.run(INSERT, ['b'])),
        tx.run(INSERT, ['c']),
      ])
    })

    expect(titles(await db.query<Todo>(TODOS))).toEqual(expect.arrayContaining(['b', 'c']))
    expect(titles(await db.query<Todo>(TODOS))).not.toContain('a')
  })

  test('takes no calls once it has ended, while the outer one does', async () => {
    const db = await openTodos()

    await db.transaction(async (tx) => {
      let kept: Transaction | undefined
      await tx.transaction(async (inner) => {
        kept = inner
      })
      await expect(kept?.run(INSERT, ['late'])).rejects.toMatchObject({ code: 'transaction-closed' })
      await tx.run(INSERT, ['outer'])
    })

    expect(titles(await db.query<Todo>(TODOS))).toEqual(['milk', 'bread', 'paint', 'outer'])
  })

  test('is undone with the outer one', async () => {
    const db = await openTodos()

    await expect(
      db.transaction(async (tx) => {
        await tx.transaction((inner) => inner.run(INSERT, ['inner']))
        throw new Error('outer fails')
      }),
    ).rejects.toThrow('outer fails')

    expect(titles(await db.query<Todo>(TODOS))).toEqual(['milk', 'bread', 'paint'])
  })
})

describe('a read-only transaction', () => {
  test('sees one snapshot while others write, and holds nobody up', async () => {
    const db = await openTodos()

    await db.transaction(
      async (tx) => {
        await db.run('delete from todo')
        expect(await tx.get('select count(*) as n from todo')).toEqual({ n: 3 })
        const seen: Todo[] = []
        for await (const row of tx.stream<Todo>(TODOS)) {
          await db.run(INSERT, [`copy of ${row.title}`])
          seen.push(row)
        }
        expect(titles(seen)).toEqual(['milk', 'bread', 'paint'])
      },
      { readonly: true },
    )

    expect(await db.get('select count(*) as n from todo')).toEqual({ n: 3 })
  })

  test('refuses to write', async () => {
    const db = await openTodos()
    await using tx = await db.begin({ readonly: true })

    await expect(tx.run(INSERT, ['x'])).rejects.toMatchObject({ code: 'read-only' })
    await expect(tx.exec('delete from todo')).rejects.toMatchObject({ code: 'read-only' })
    await expect(tx.transaction(async () => 1)).rejects.toMatchObject({ code: 'read-only' })
    expect(await tx.get('select count(*) as n from todo')).toEqual({ n: 3 })
  })
})
