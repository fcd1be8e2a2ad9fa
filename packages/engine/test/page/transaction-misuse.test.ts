import { describe, expect, test } from 'vitest'
import type { Database, Transaction } from '../../src/index.ts'
import { openTodos } from './open-test-database.ts'

const INSERT = 'insert into todo (title) values (?)'
const misuse = { code: 'transaction-misuse' }

/** Every way to reach the database itself. */
const outerCalls: readonly (readonly [string, (db: Database) => Promise<unknown>])[] = [
  ['query', (db) => db.query('select 1')],
  ['get', (db) => db.get('select 1')],
  ['run', (db) => db.run(INSERT, ['x'])],
  ['exec', (db) => db.exec('select 1')],
  ['execute', (db) => db.execute('select 1')],
  ['batch', (db) => db.batch(['select 1'])],
  ['stream', (db) => db.stream('select 1').next()],
  ['prepared statement', (db) => db.prepare(INSERT).run(['x'])],
  ['transaction', (db) => db.transaction(async () => undefined)],
  ['begin', (db) => db.begin()],
  ['attach', (db) => db.attach('other')],
  ['detach', (db) => db.detach('other')],
  ['import', (db) => db.import(new Uint8Array())],
]

describe('misuse of the database inside a transaction is rejected at once', () => {
  test.each(outerCalls)('%s, in the synchronous part of the callback', async (_, call) => {
    const db = await openTodos()

    await db.transaction(async () => {
      await expect(call(db)).rejects.toMatchObject(misuse)
    })
  })

  test.each(outerCalls)('%s, after a promise of the transaction was awaited', async (_, call) => {
    const db = await openTodos()

    await db.transaction(async (tx) => {
      await tx.run(INSERT, ['first'])
      const called = call(db)
      await expect(called).rejects.toMatchObject(misuse)
    })
  })

  const continuations: readonly (readonly [
    string,
    (tx: Transaction, use: () => void) => Promise<unknown>,
  ])[] = [
    [
      'await',
      async (tx, use) => {
        await tx.query('select 1')
        use()
      },
    ],
    [
      'await of one that failed',
      async (tx, use) => {
        try {
          await tx.query('select')
        } catch {
          use()
        }
      },
    ],
    ['then', (tx, use) => tx.query('select 1').then(use)],
    [
      'a chain of then',
      (tx, use) =>
        tx
          .query('select 1')
          .then(() => 1)
          .then(() => 2)
          .then(use),
    ],
    ['catch', (tx, use) => tx.query('select').catch(use)],
    ['finally', (tx, use) => tx.query('select 1').finally(use)],
    [
      'a second await',
      async (tx, use) => {
        await tx.query('select 1')
        await tx.get('select 1')
        use()
      },
    ],
    [
      'a function that returns the promise',
      async (tx, use) => {
        const helper = async (): Promise<unknown> => tx.query('select 1')
        await helper()
        use()
      },
    ],
    [
      'for await',
      async (tx, use) => {
        for await (const row of tx.stream('select 1')) if (row !== undefined) use()
      },
    ],
    [
      'the end of a nested transaction',
      async (tx, use) => {
        await tx.transaction(async () => undefined)
        use()
      },
    ],
    ['the beginning of a nested transaction', (tx, use) => tx.transaction(async () => use())],
    [
      'a nested await',
      (tx, use) =>
        tx.transaction(async (inner) => {
          await inner.query('select 1')
          use()
        }),
    ],
  ]

  test.each(continuations)('after %s', async (_, continueWith) => {
    const db = await openTodos()
    const calls: Promise<unknown>[] = []
    // The guard looks at the moment of the call, and expect() would only see it later.
    const use = (): void => void calls.push(db.run(INSERT, ['outer']).catch((error: unknown) => error))

    await db.transaction((tx) => continueWith(tx, use))

    expect(calls).toHaveLength(1)
    expect(await calls[0]).toMatchObject(misuse)
  })

  test('and neither the transaction nor the next call is the worse for it', async () => {
    const db = await openTodos()

    await db.transaction(async (tx) => {
      await tx.run(INSERT, ['kept'])
      await db.run(INSERT, ['refused']).catch(() => undefined)
      await tx.run(INSERT, ['kept too'])
    })

    await db.run(INSERT, ['after'])
    expect(await db.query('select title from todo where id > 3 order by id')).toEqual([
      { title: 'kept' },
      { title: 'kept too' },
      { title: 'after' },
    ])
  })

  test('as is that of an outer transaction inside a nested one', async () => {
    const db = await openTodos()

    await db.transaction(async (tx) => {
      await tx.transaction(async (inner) => {
        await inner.run(INSERT, ['inner'])
        const called = tx.run(INSERT, ['outer'])
        await expect(called).rejects.toMatchObject(misuse)
      })
    })
    const explicit = await db.begin()
    await explicit.transaction(async (inner) => {
      await inner.query('select 1')
      const called = explicit.run(INSERT, ['outer'])
      await expect(called).rejects.toMatchObject(misuse)
    })
    await explicit.commit()
  })
})

describe('what is no misuse is never rejected', () => {
  test('calls of other code wait for their turn, whenever they come', async () => {
    const db = await openTodos()
    const others: Promise<unknown>[] = []
    let isDone = false
    const unrelated = async (): Promise<void> => {
      while (!isDone) {
        others.push(db.run('update todo set done = done + 1 where id = 1'))
        await db.query('select 1')
        await Promise.resolve()
      }
    }
    const running = Array.from({ length: 3 }, unrelated)

    for (let round = 0; round < 10; round++) {
      await db.transaction(async (tx) => {
        for (let i = 0; i < 5; i++) await tx.run('update todo set done = done + 1 where id = 2')
        await Promise.all([tx.query('select 1'), tx.query('select 2')])
        await tx.transaction(async (inner) => {
          await inner.query('select 1')
        })
      })
    }
    isDone = true
    await Promise.all(running)

    await expect(Promise.all(others)).resolves.toHaveLength(others.length)
    expect(others.length).toBeGreaterThan(10)
    expect(await db.get('select done from todo where id = 1')).toEqual({ done: others.length })
  })

  test('code that a callback wakes is not part of it', async () => {
    const db = await openTodos()
    let wake = (): void => undefined
    const woken = new Promise<void>((resolve) => {
      wake = resolve
    })
    const unrelated = (async () => {
      await woken
      return db.run(INSERT, ['unrelated'])
    })()

    await db.transaction(async (tx) => {
      await tx.query('select 1').then(wake)
      await tx.query('select 2')
    })

    await expect(unrelated).resolves.toMatchObject({ changes: 1 })
  })

  test('after the transaction the database can be called, also from the end of its callback', async () => {
    const db = await openTodos()

    await db.transaction((tx) => tx.run(INSERT, ['a']))
    await db.run(INSERT, ['b'])
    const chained = db.transaction((tx) => tx.run(INSERT, ['c'])).then(() => db.run(INSERT, ['d']))

    await expect(chained).resolves.toMatchObject({ changes: 1 })
  })

  test('another database can be called', async () => {
    const db = await openTodos()
    const other = await openTodos()

    await db.transaction(async (tx) => {
      await tx.query('select 1')
      await other.run(INSERT, ['other'])
      await tx.query('select 1')
      await other.transaction((inner) => inner.run(INSERT, ['other too']))
    })

    expect(await other.get('select count(*) as n from todo')).toEqual({ n: 5 })
  })

  test('observing, listening and looking at the status are no calls that wait', async () => {
    const db = await openTodos()

    await db.transaction(async (tx) => {
      await tx.query('select 1')
      db.observe('select 1').subscribe(() => undefined)()
      db.onChange(() => undefined)()
      expect(db.status.getSnapshot().phase).toBe('open')
      await tx.query('select 1')
      await expect(db.ready).resolves.toBeUndefined()
    })
  })

  test('a read-only transaction is waited for by nobody', async () => {
    const db = await openTodos()

    await db.transaction(
      async (tx) => {
        await tx.query('select 1')
        await db.run(INSERT, ['x'])
      },
      { readonly: true },
    )

    expect(await db.get('select count(*) as n from todo')).toEqual({ n: 4 })
  })

  test('the promises of a transaction are promises', async () => {
    const db = await openTodos()

    await db.transaction(async (tx) => {
      const promise = tx.query('select 1 as one')
      expect(promise).toBeInstanceOf(Promise)
      expect(await Promise.all([promise, tx.get('select 2 as two')])).toEqual([[{ one: 1 }], { two: 2 }])
      await expect(tx.query('select')).rejects.toMatchObject({ code: 'sql' })
    })
  })
})
