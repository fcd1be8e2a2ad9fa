import { describe, expect, onTestFinished, test } from 'vitest'
import type { ImportSource } from '../../src/database/import-database.ts'
import { openTestDatabase, openTodos, TODO_SCHEMA, TODOS, titles, type Todo } from './open-test-database.ts'

/** A file of several megabytes, so that it travels in several pieces. */
async function exportLarge(): Promise<Blob> {
  const db = await openTodos()
  await db.exec('create table bytes (data)')
  await db.run(
    'with recursive n(i) as (select 1 union all select i + 1 from n limit 30) insert into bytes select randomblob(100000) from n',
  )
  return db.export()
}

describe('export and import', () => {
  test('give a plain SQLite file, and take it back from whatever holds it', async () => {
    const file = await exportLarge()
    const bytes = new Uint8Array(await file.arrayBuffer())
    expect(file.type).toBe('application/vnd.sqlite3')
    expect(new TextDecoder().decode(bytes.subarray(0, 15))).toBe('SQLite format 3')
    expect(bytes.length).toBeGreaterThan(3_000_000)

    const padded = new Uint8Array(bytes.length + 10)
    padded.set(bytes, 5)
    const sources: readonly ImportSource[] = [
      file,
      file.stream(),
      bytes,
      padded.subarray(5, 5 + bytes.length),
      bytes.slice().buffer,
    ]
    for (const source of sources) {
      const db = await openTestDatabase()
      await db.import(source)
      expect(await db.get('select count(*) as n, sum(length(data)) as size from bytes')).toEqual({
        n: 30,
        size: 3_000_000,
      })
    }
    expect(bytes).toHaveLength(padded.length - 10)
  })

  test('show the content of one moment while others write', async () => {
    const db = await openTodos()
    await db.run('create table bytes (data)')
    await db.run('insert into bytes select randomblob(3000000)')

    const exporting = db.export()
    await db.run('delete from todo')
    const copy = await openTestDatabase()
    await copy.import(await exporting)

    expect(titles(await copy.query<Todo>(TODOS))).toEqual(['milk', 'bread', 'paint'])
  })

  test('are seen by live queries and listeners', async () => {
    const source = await openTodos()
    await source.run('delete from todo where id > 1')
    const db = await openTodos()
    const observer = db.observe<Todo>(TODOS)
    observer.subscribe(() => undefined)
    await observer.load()
    let heard = 0
    db.onChange(({ everything }) => {
      if (everything) heard++
    })

    await db.import(await source.export())

    expect(titles(observer.getSnapshot().data)).toEqual(['milk'])
    expect(heard).toBe(1)
  })

  test.each<[string, ImportSource, string]>([
    ['nothing', new Uint8Array(), 'not-a-database'],
    ['something else', new TextEncoder().encode('a picture, perhaps'.repeat(1000)), 'not-a-database'],
    ['a stream that fails', failingStream(), 'mine'],
    ['a stream of something else', textStream(), 'invalid-argument'],
  ])('of %s fails and changes nothing', async (_, source, expected) => {
    const db = await openTodos()

    const error: unknown = await db.import(source).catch((reason: unknown) => reason)

    expect(error).toMatchObject(expected === 'mine' ? { message: 'mine' } : { code: expected })
    expect(titles(await db.query<Todo>(TODOS))).toEqual(['milk', 'bread', 'paint'])
    const good = await openTodos()
    await expect(db.import(await good.export())).resolves.toEqual({ rows: undefined })
  })

  test('of a file that is cut off fails and changes nothing', async () => {
    const file = await exportLarge()
    const db = await openTodos()

    await expect(db.import(file.slice(0, 1_500_000))).rejects.toMatchObject({
      code: expect.stringMatching(/corrupt|not-a-database/),
    })

    expect(titles(await db.query<Todo>(TODOS))).toEqual(['milk', 'bread', 'paint'])
  })

  test('made at once take their turns', async () => {
    const db = await openTestDatabase()
    const files = await Promise.all(
      ['a', 'b'].map(async (name) => {
        const source = await openTestDatabase()
        await source.exec(`create table ${name} (x); create table filler (data)`)
        await source.run('insert into filler select randomblob(2500000)')
        return source.export()
      }),
    )

    await Promise.all(files.map((file) => db.import(file)))

    expect(await db.query('select name from sqlite_schema order by name')).toEqual([
      { name: 'b' },
      { name: 'filler' },
    ])
  })

  test('waits for a transaction that is open, which goes on to its end', async () => {
    const source = await openTodos()
    const file = await source.export()
    const db = await openTodos()
    const tx = await db.begin()
    const stream = db.stream<Todo>(TODOS)
    await stream.next()

    const importing = db.import(file)
    await db.flush()
    const later = db.get('select count(*) as n from todo')
    await tx.run("insert into todo (title) values ('before the import')")
    expect(await stream.next()).toMatchObject({ value: { title: 'bread' } })
    await tx.commit()
    await importing

    expect(await later).toEqual({ n: 3 })
  })

  test('of an older schema runs the migrations that it has not seen', async () => {
    const old = await openTodos()
    const file = await old.export()
    const db = await openTestDatabase({ migrations: [TODO_SCHEMA, 'alter table todo add column note text'] })
    const seen = db.query('select note from todo')
    await seen

    const importing = db.import(file)
    const meanwhile = db.query('select note from todo')
    await importing

    expect(await meanwhile).toHaveLength(3)
    expect(await db.query('select id, note from todo where id = 1')).toEqual([{ id: 1, note: null }])
  })

  test('of a newer schema is refused, and the next call says so until it is the right one', async () => {
    const newer = await openTestDatabase({ migrations: [TODO_SCHEMA, 'create table later (x)'] })
    const file = await newer.export()
    const db = await openTodos()

    await expect(db.import(file)).rejects.toMatchObject({ code: 'schema-newer' })
  })

  test('export stops with its signal', async () => {
    const db = await openTodos()
    await db.exec('create table bytes (data)')
    await db.run('insert into bytes select randomblob(5000000)')
    const controller = new AbortController()
    onTestFinished(() => controller.abort())

    const exporting = db.export({ signal: controller.signal })
    await db.query('select 1')
    controller.abort('enough')

    await expect(exporting).rejects.toMatchObject({ code: 'aborted', cause: 'enough' })
    expect(await db.get('select 1 as one')).toEqual({ one: 1 })
  })
})

function failingStream(): ReadableStream<Uint8Array> {
  let sent = false
  return new ReadableStream({
    pull(controller) {
      if (sent) controller.error(new Error('mine'))
      else controller.enqueue(new TextEncoder().encode('SQLite format 3\0'))
      sent = true
    },
  })
}

function textStream(): ReadableStream<Uint8Array> {
  return new Blob(['text'])
    .stream()
    .pipeThrough(new TextDecoderStream()) as unknown as ReadableStream<Uint8Array>
}
