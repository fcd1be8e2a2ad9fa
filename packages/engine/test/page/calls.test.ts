import { describe, expect, test } from 'vitest'
import { DataSyncError, type CallOptions, type Database } from '../../src/index.ts'
import { openTestDatabase, openTodos, TODOS, titles, type Todo } from './open-test-database.ts'

const ENDLESS = 'with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n'
const ENDLESS_ROWS = 'with recursive n(i) as (select 1 union all select i + 1 from n) select i from n'

describe('a call', () => {
  test('query gives rows', async () => {
    const db = await openTodos()

    expect(await db.query('select id, title from todo where id < :limit order by id', { limit: 3 })).toEqual([
      { id: 1, title: 'milk' },
      { id: 2, title: 'bread' },
    ])
    expect(await db.query('update todo set done = 1 where id = 1 returning title')).toEqual([
      { title: 'milk' },
    ])
  })

  test('get gives the first row, or none', async () => {
    const db = await openTodos()

    expect(await db.get('select title from todo order by id')).toEqual({ title: 'milk' })
    expect(await db.get('select title from todo where id = ?', [99])).toBeUndefined()
  })

  test('run says what it changed', async () => {
    const db = await openTodos()

    expect(await db.run("insert into todo (id, title) values (?, 'big')", [2n ** 60n])).toEqual({
      changes: 1,
      lastInsertRowid: 2n ** 60n,
    })
    expect(await db.run('update todo set done = 1')).toMatchObject({ changes: 4 })
  })

  test('execute gives the whole result, with columns that share a name', async () => {
    const db = await openTodos()

    expect(
      await db.execute('select a.id, b.id from todo a join todo b on b.id = a.id + 1 order by 1'),
    ).toEqual({
      columns: ['id', 'id'],
      rows: [
        [1, 2],
        [2, 3],
      ],
      changes: 0,
      lastInsertRowid: expect.any(Number),
      durationMs: expect.any(Number),
    })
  })

  test('exec runs a script', async () => {
    const db = await openTodos()

    await expect(db.exec('create table a (x); insert into a values (1); -- the end')).resolves.toBeUndefined()

    expect(await db.query('select * from a')).toEqual([{ x: 1 }])
  })

  test('batch runs all or none', async () => {
    const db = await openTodos()

    const results = await db.batch([
      { sql: 'insert into todo (title) values (?)', parameters: ['rice'] },
      'select count(*) as n from todo',
    ])
    expect(results).toMatchObject([{ changes: 1 }, { columns: ['n'], rows: [[4]] }])

    await expect(
      db.batch(["insert into todo (title) values ('beans')", "insert into todo (title) values ('milk')"]),
    ).rejects.toMatchObject({ code: 'constraint' })
    expect(titles(await db.query<Todo>(TODOS))).toEqual(['milk', 'bread', 'paint', 'rice'])
  })

  test('a prepared statement is run many times', async () => {
    const db = await openTodos()
    const insert = db.prepare('insert into todo (title) values (:title)')
    const select = db.prepare<Todo>('select title from todo where id > ? order by id')

    await Promise.all(['a', 'b', 'c'].map((title) => insert.run({ title })))
    expect(await select.all([4])).toEqual([{ title: 'b' }, { title: 'c' }])
    expect(await select.get([4])).toEqual({ title: 'b' })

    insert.finalize()
    await expect(insert.run({ title: 'd' })).rejects.toMatchObject({ code: 'closed' })
    {
      using other = db.prepare('select 1 as one')
      expect(await other.get()).toEqual({ one: 1 })
    }
    expect(() => db.prepare(undefined as unknown as string)).toThrow(
      expect.objectContaining({ code: 'invalid-argument' }),
    )
  })

  test('of any number made at once is run in order', async () => {
    const db = await openTodos()

    const results = await Promise.all([
      db.run("insert into todo (title) values ('rice')"),
      db.run("update todo set done = 1 where title = 'rice'"),
      db.run("delete from todo where title = 'rice' and done = 1"),
    ])

    expect(results.map(({ changes }) => changes)).toEqual([1, 1, 1])
  })
})

describe('an error', () => {
  const errors: readonly (readonly [string, (db: Database) => Promise<unknown>, object])[] = [
    [
      'in the SQL shows the place',
      (db) => db.query('select *\nfrom todo\nwher id = 1'),
      { code: 'sql', detail: { offset: 24 }, message: expect.stringContaining('  wher id = 1\n       ^') },
    ],
    [
      'in a constraint says which kind',
      (db) => db.run("insert into todo (title) values ('milk')"),
      { code: 'constraint', detail: { constraint: 'unique', resultCode: 2067 } },
    ],
    ['of a missing value', (db) => db.query('select ?'), { code: 'invalid-parameter' }],
    ['of a value too many', (db) => db.query('select 1', [1]), { code: 'invalid-parameter' }],
    ['of an unknown name', (db) => db.query('select :a', { b: 1 }), { code: 'invalid-parameter' }],
    [
      'of a value that is none',
      (db) => db.query('select ?', [new Date() as never]),
      { code: 'invalid-parameter' },
    ],
    ['of a statement that is none', (db) => db.query(7 as never), { code: 'invalid-argument' }],
    ['of a script that is none', (db) => db.exec(7 as never), { code: 'invalid-argument' }],
    ['of a batch that is none', (db) => db.batch('select 1' as never), { code: 'invalid-argument' }],
    [
      'of a timeout that is none',
      (db) => db.query('select 1', [], { timeout: -1 }),
      { code: 'invalid-argument' },
    ],
    ['of a slow statement', (db) => db.query(ENDLESS, [], { timeout: 20 }), { code: 'timeout' }],
    ['of a slow scan', (db) => db.query(ENDLESS_ROWS, [], { timeout: 20 }), { code: 'timeout' }],
    ['of a slow script', (db) => db.exec(ENDLESS, { timeout: 20 }), { code: 'timeout' }],
    ['of a slow batch', (db) => db.batch([ENDLESS], { timeout: 20 }), { code: 'timeout' }],
    [
      'of a pragma of the engine',
      (db) => db.exec('pragma journal_mode = delete'),
      { code: 'pragma-refused' },
    ],
    ['of the count of migrations', (db) => db.exec('pragma user_version = 7'), { code: 'pragma-refused' }],
    ['of a plain attach', (db) => db.exec("attach 'other.db' as other"), { code: 'attach-refused' }],
    ['of a name that is none', (db) => db.attach(''), { code: 'invalid-name' }],
    ['of bytes that are no database', (db) => db.import(new Uint8Array(5000)), { code: 'not-a-database' }],
    ['of a source that has no bytes', (db) => db.import('file' as never), { code: 'invalid-argument' }],
  ]

  test.each(errors)('%s, and the next call works', async (_, call, expected) => {
    const db = await openTodos()

    const failing = call(db)
    await expect(failing).rejects.toBeInstanceOf(DataSyncError)
    await expect(failing).rejects.toMatchObject(expected)

    await expect(db.run("insert into todo (title) values ('next')")).resolves.toMatchObject({ changes: 1 })
    expect(titles(await db.query<Todo>(TODOS))).toEqual(['milk', 'bread', 'paint', 'next'])
  })

  test('of readers that are all held says so, and they can be had again', async () => {
    const db = await openTodos()
    const held = []
    let error: unknown
    while (error === undefined && held.length < 100) {
      try {
        held.push(await db.begin({ readonly: true }))
      } catch (reason) {
        error = reason
      }
    }
    expect(error).toMatchObject({ code: 'busy' })

    await held.pop()?.rollback()
    const next = await db.begin({ readonly: true })

    expect(await next.get('select count(*) as n from todo')).toEqual({ n: 3 })
    await Promise.all([next, ...held].map((tx) => tx.rollback()))
  })
})

describe('an AbortSignal', () => {
  const calls: readonly (readonly [string, (db: Database, options: CallOptions) => Promise<unknown>])[] = [
    ['query', (db, options) => db.query('select 1', [], options)],
    ['get', (db, options) => db.get('select 1', [], options)],
    ['run', (db, options) => db.run('delete from todo', [], options)],
    ['exec', (db, options) => db.exec('delete from todo', options)],
    ['execute', (db, options) => db.execute('delete from todo', [], options)],
    ['batch', (db, options) => db.batch(['delete from todo'], options)],
    ['stream', (db, options) => db.stream('select 1', [], options).next()],
    ['prepared statement', (db, options) => db.prepare('delete from todo').run([], options)],
    ['transaction', (db, options) => db.transaction((tx) => tx.run('delete from todo'), options)],
    ['begin', (db, options) => db.begin(options)],
    ['export', (db, options) => db.export(options)],
  ]

  test.each(calls)('that is aborted already rejects %s, which is not made', async (_, call) => {
    const db = await openTodos()
    const reason = new Error('enough')

    await expect(call(db, { signal: AbortSignal.abort(reason) })).rejects.toMatchObject({
      code: 'aborted',
      cause: reason,
    })

    expect(await db.get('select count(*) as n from todo')).toEqual({ n: 3 })
  })

  test.each(calls)('rejects %s while the database is being opened', async (_, call) => {
    const db = await openTodos()
    const controller = new AbortController()
    const other = await openTestDatabase()
    await other.close()
    const tx = await db.begin()
    const waiting = call(db, { signal: controller.signal })
    controller.abort('enough')
    const outcome = await waiting.then(
      () => 'settled',
      (error: DataSyncError) => [error.code, error.cause],
    )
    await tx.rollback()

    // What can run beside a transaction may have been done before it was aborted.
    expect(['settled', ['aborted', 'enough']]).toContainEqual(outcome)
    if (outcome !== 'settled') expect(await db.get('select count(*) as n from todo')).toEqual({ n: 3 })
  })

  test('takes a write out of the queue', async () => {
    const db = await openTodos()
    const controller = new AbortController()
    const tx = await db.begin()
    const write = db.run('delete from todo', [], { signal: controller.signal })
    await db.query('select 1')

    controller.abort('enough')

    await expect(write).rejects.toMatchObject({ code: 'aborted', cause: 'enough' })
    await tx.rollback()
    await db.flush()
    expect(await db.get('select count(*) as n from todo')).toEqual({ n: 3 })
  })

  test('ends a scan that is under way', async () => {
    const db = await openTodos()
    const controller = new AbortController()
    const scan = db.query(`${ENDLESS_ROWS} limit 1e9`, [], { signal: controller.signal })
    await db.query('select 1')

    controller.abort()

    await expect(scan).rejects.toMatchObject({ code: 'aborted' })
    expect(await db.query('select 1 as one')).toEqual([{ one: 1 }])
  })

  test('that is aborted after the call changes nothing', async () => {
    const db = await openTodos()
    const controller = new AbortController()

    await expect(db.run('delete from todo', [], { signal: controller.signal })).resolves.toMatchObject({
      changes: 3,
    })
    controller.abort()

    await expect(db.query('select 1')).resolves.toHaveLength(1)
  })
})
