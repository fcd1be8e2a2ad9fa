import { describe, expect, expectTypeOf, test } from 'vitest'
import { sql, type SqlFragment } from '../../src/index.ts'
import { toStatement } from '../../src/calls/to-statement.ts'
import { openTestDatabase } from './open-test-database.ts'

interface Todo {
  readonly id: number
  readonly title: string
}

describe('sql', () => {
  test('binds values and never writes them into the text', () => {
    const statement = sql`select * from todo where title = ${"'; drop table todo; --"} and done = ${false}`

    expect(statement).toEqual({
      sql: 'select * from todo where title = ? and done = ?',
      parameters: ["'; drop table todo; --", false],
    })
  })

  test('takes fragments in, with their values, however deep', () => {
    const open = sql`done = ${0}`
    const mine = sql`(${open} and owner = ${'me'})`

    expect(sql`select * from todo where ${mine} or ${open} limit ${5}`).toEqual({
      sql: 'select * from todo where (done = ? and owner = ?) or done = ? limit ?',
      parameters: [0, 'me', 0, 5],
    })
  })

  test('takes in fragments of another copy of the package', () => {
    const foreign = Object.defineProperty(
      { sql: 'a = ?', parameters: [1] },
      Symbol.for('datasync.sql-fragment'),
      {
        value: true,
      },
    ) as unknown as SqlFragment

    expect(sql`select ${foreign}`).toEqual({ sql: 'select a = ?', parameters: [1] })
  })

  test('quotes names', () => {
    expect(sql.identifier('to"do').sql).toBe('"to""do"')
    expect(sql.identifier('archive', 'todo').sql).toBe('"archive"."todo"')
    expect(() => sql.identifier('')).toThrow(expect.objectContaining({ code: 'invalid-argument' }))
    expect(() => sql.identifier('a\0b')).toThrow(expect.objectContaining({ code: 'invalid-argument' }))
  })

  test('lists values, fragments, and nothing', () => {
    expect(sql`in (${sql.list([1, 'a', null])})`).toEqual({ sql: 'in (?, ?, ?)', parameters: [1, 'a', null] })
    expect(sql`values ${sql.list([sql`(${1}, ${2})`, sql`(${3}, ${4})`])}`).toEqual({
      sql: 'values (?, ?), (?, ?)',
      parameters: [1, 2, 3, 4],
    })
    expect(sql`in (${sql.list([])})`).toEqual({ sql: 'in ()', parameters: [] })
  })

  test('writes raw text as it is', () => {
    expect(sql`order by id ${sql.raw('desc')}`).toEqual({ sql: 'order by id desc', parameters: [] })
  })

  test('is run by the database as it is written', async () => {
    const db = await openTestDatabase()
    const table = sql.identifier('odd "name"')
    await db.exec(sql`create table ${table} (id integer primary key, title text)`.sql)
    await db.run(sql`insert into ${table} values ${sql.list([sql`(${1}, ${'a'})`, sql`(${2}, ${'b'})`])}`)

    expect(await db.query(sql<Todo>`select * from ${table} where id in (${sql.list([2, 3])})`)).toEqual([
      { id: 2, title: 'b' },
    ])
    expect(await db.query(sql`select * from ${table} where id in (${sql.list([])})`)).toEqual([])
  })

  test('says of which type the rows are', async () => {
    const db = await openTestDatabase()

    expectTypeOf(db.query(sql<Todo>`select 1`)).resolves.toEqualTypeOf<readonly Todo[]>()
    expectTypeOf(db.get(sql<Todo>`select 1`)).resolves.toEqualTypeOf<Todo | undefined>()
    expectTypeOf(db.observe(sql<Todo>`select 1`).getSnapshot().data).toEqualTypeOf<
      readonly Todo[] | undefined
    >()
    // @ts-expect-error a Date cannot be bound
    expect(sql`select ${new Date()}`.parameters).toHaveLength(1)
  })
})

describe('what counts as a statement', () => {
  const wire = { sql: 'select ?', parameters: [1] }

  test('text, a statement, and what query builders make', () => {
    expect(toStatement('select ?', [1])).toEqual(wire)
    expect(toStatement(wire)).toEqual(wire)
    expect(toStatement({ sql: 'select ?' }, [1])).toEqual(wire)
    expect(toStatement({ compile: () => wire })).toEqual(wire)
    expect(toStatement({ toSQL: () => ({ sql: 'select ?', params: [1] }) })).toEqual(wire)
  })

  test.each([[undefined], [null], [42], [[]], [{}], [{ sql: 5 }], [() => 'select 1']])(
    'not %s',
    (input: unknown) => {
      expect(() => toStatement(input)).toThrow(expect.objectContaining({ code: 'invalid-argument' }))
    },
  )

  test('a statement that carries its parameters takes no others', () => {
    expect(() => toStatement(wire, [2])).toThrow(expect.objectContaining({ code: 'invalid-argument' }))
    expect(toStatement({ sql: 'select 1', parameters: [] }, [])).toEqual({ sql: 'select 1', parameters: [] })
  })
})

describe('parameters', () => {
  class Money {
    readonly amount = 5
  }

  test.each([
    [[1, undefined], 'Parameter 2 is undefined'],
    [[new Date()], 'Parameter 1 is an object of type Date'],
    [[{}], 'Parameter 1 is an object.'],
    [[Symbol('s')], 'Parameter 1 is a symbol'],
    [[() => 1], 'Parameter 1 is a function'],
    [[new ArrayBuffer(1)], 'Parameter 1 is an object of type ArrayBuffer'],
    [[2n ** 63n], 'Parameter 1 is a bigint of more than 64 bits'],
    [[-(2n ** 63n) - 1n], 'Parameter 1 is a bigint of more than 64 bits'],
    // eslint-disable-next-line no-sparse-arrays
    [[1, , 2], 'Parameter 2 is undefined'],
    [{ due: new Date() }, 'Parameter "due" is an object of type Date'],
    [{ due: undefined }, 'Parameter "due" is undefined'],
    [new Money(), 'not as an object of type Money'],
    [new Uint8Array(1), 'not as an object of type Uint8Array'],
    ['text', 'not as a string'],
    [null, 'not as null'],
  ])('%o are refused, and told by name', (parameters: unknown, message) => {
    expect(() => toStatement('select ?', parameters as [])).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', message: expect.stringContaining(message) }),
    )
  })

  test('the largest and the smallest integers are taken', () => {
    const parameters = [2n ** 63n - 1n, -(2n ** 63n)]

    expect(toStatement('select ?, ?', parameters)).toEqual({ sql: 'select ?, ?', parameters })
  })

  test('are taken as they are when the call is made', async () => {
    const db = await openTestDatabase()
    const parameters = [1, new Uint8Array([1])] satisfies unknown[]

    const rows = db.query('select ? as number, ? as bytes', parameters)
    parameters[0] = 2
    parameters[1] = new Uint8Array()
    const bytes = new Uint8Array([7])
    const blob = db.get('select ? as bytes', [bytes])
    bytes[0] = 8

    expect(await rows).toEqual([{ number: 1, bytes: new Uint8Array([1]) }])
    expect(await blob).toEqual({ bytes: new Uint8Array([7]) })
  })

  test('come back as SQLite stores them', async () => {
    const db = await openTestDatabase()
    const parameters = {
      t: true,
      f: false,
      nan: Number.NaN,
      big: 2n ** 60n,
      small: 5n,
      text: '\u0000é😀',
      nil: null,
    }

    expect(
      await db.get(
        'select :t as t, :f as f, :nan as nan, :big as big, :small as small, :text as text, :nil as nil',
        parameters,
      ),
    ).toEqual({ t: 1, f: 0, nan: null, big: 2n ** 60n, small: 5, text: '\u0000é😀', nil: null })
  })
})
