import { describe, expect, test } from 'vitest'
import type { Migration } from '../../src/index.ts'
import { createDatabase } from '../../src/index.ts'
import { createTestDatabase } from '../../src/testing.ts'
import { openTestDatabase } from './open-test-database.ts'

describe('migrations', () => {
  test('are run in order before anything else, and once', async () => {
    const db = await openTestDatabase({
      migrations: [
        'create table a (x); insert into a values (1)',
        async (tx) => {
          const rows = await tx.query('select x from a')
          await tx.run('insert into a values (?)', [rows.length + 1])
          await tx.transaction((inner) => inner.run('insert into a values (3)'))
        },
        { name: 'by name', up: 'insert into a values (4)' },
        { name: 'by name and function', up: async (tx) => void (await tx.run('insert into a values (5)')) },
      ],
    })

    expect(await db.query('select x from a')).toEqual([1, 2, 3, 4, 5].map((x) => ({ x })))
    expect(await db.get('pragma user_version')).toEqual({ user_version: 4 })
  })

  test('are waited for by all calls made at once', async () => {
    const db = createTestDatabase({ migrations: ['create table a (x)'] })
    const observer = db.observe('select * from a')
    observer.subscribe(() => undefined)

    const results = await Promise.all([
      db.run('insert into a values (1)'),
      db.query('select * from a'),
      db.transaction((tx) => tx.run('insert into a values (2)')),
    ])

    expect(results[0]).toMatchObject({ changes: 1 })
    expect(observer.getSnapshot()).toMatchObject({ status: 'success', data: [{ x: 1 }, { x: 2 }] })
    await db.close()
  })

  test('that fail say which, reject all that waits, and are tried again by the next call', async () => {
    let attempts = 0
    const cause = new Error('not yet')
    const db = createTestDatabase({
      migrations: [
        'create table a (x)',
        {
          name: 'fill a',
          up: async (tx) => {
            await tx.run('insert into a values (1)')
            attempts += 1
            if (attempts === 1) throw cause
          },
        },
      ],
    })
    const observer = db.observe('select * from a')
    observer.subscribe(() => undefined)

    const [ready, query] = await Promise.allSettled([db.ready, db.query('select * from a')])

    const expected = {
      code: 'migration-failed',
      message: expect.stringContaining('Migration 2 ("fill a") failed: Error: not yet'),
      cause,
    }
    expect(ready).toMatchObject({ status: 'rejected', reason: expected })
    expect(query).toMatchObject({ status: 'rejected', reason: expected })
    expect(db.status.getSnapshot()).toMatchObject({ phase: 'failed', error: expected })
    expect(observer.getSnapshot()).toMatchObject({ status: 'error', error: expected })

    await expect(db.query('select * from a')).resolves.toEqual([{ x: 1 }])
    expect(db.status.getSnapshot()).toMatchObject({ phase: 'open', error: undefined })
    expect(observer.getSnapshot()).toMatchObject({ status: 'success', data: [{ x: 1 }] })
    await db.close()
  })

  test.each<[string, Migration, object]>([
    ['of bad SQL', 'create table b (; ', { code: 'sql' }],
    ['that commits by itself', 'commit', { code: 'transaction-control' }],
    [
      'that swallows an error that undid it',
      async (tx) => {
        await tx.exec('create table b (x primary key); insert into b values (1)')
        await tx.run('insert or rollback into b values (1)').catch(() => undefined)
      },
      { code: 'transaction-closed' },
    ],
  ])('%s keep those before and nothing of their own', async (_, migration, cause) => {
    const db = createTestDatabase({ migrations: ['create table a (x)', migration] })

    await expect(db.ready).rejects.toMatchObject({
      code: 'migration-failed',
      message: expect.stringContaining('Migration 2 failed'),
      cause,
    })
    await db.close()
  })

  test('that call the database itself are told so, and do not wait for themselves', async () => {
    const db = createTestDatabase({
      migrations: [
        async (tx) => {
          await tx.exec('create table a (x)')
          await db.run('insert into a values (1)')
        },
      ],
    })

    await expect(db.ready).rejects.toMatchObject({
      code: 'migration-failed',
      cause: { code: 'transaction-misuse' },
    })
    await db.close()
  })

  test('leave user_version to an app that has none', async () => {
    const db = await openTestDatabase()

    await db.exec('pragma user_version = 7')

    expect(await db.get('pragma user_version')).toEqual({ user_version: 7 })
  })

  test.each([[['select 1', 5]], ['select 1'], [[{ up: 'select 1' }]], [[{ name: 'x' }]], [[null]]])(
    'that are none (%o) are refused',
    (migrations: unknown) => {
      expect(() => createDatabase('x', { migrations: migrations as Migration[] })).toThrow(
        expect.objectContaining({ code: 'invalid-argument' }),
      )
    },
  )
})
