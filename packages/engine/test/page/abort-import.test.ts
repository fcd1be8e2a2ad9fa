import { describe, expect, test } from 'vitest'
import type { Database } from '../../src/index.ts'
import { createWithWorkers, type WithWorkers } from './in-process-worker.ts'
import { openTodos, TODO_SCHEMA, TODOS, titles, type Todo } from './open-test-database.ts'

const WITH_TODOS = { migrations: [TODO_SCHEMA] }
const ABORTED = { code: 'aborted', cause: 'enough' }

/** A file of which only the first thing to do is left. */
async function exportMilk(): Promise<Blob> {
  const source = await openTodos()
  await source.run('delete from todo where id > 1')
  return source.export()
}

function typesOf({ newest }: WithWorkers): readonly string[] {
  return newest().requests.map(({ type }) => type)
}

async function expectUnchanged(db: Database): Promise<void> {
  expect(titles(await db.query<Todo>(TODOS))).toEqual(['milk', 'bread', 'paint'])
}

async function expectNextImport(db: Database, file: Blob): Promise<void> {
  await db.import(file)
  expect(titles(await db.query<Todo>(TODOS))).toEqual(['milk'])
}

describe('a signal that was aborted before', () => {
  test.each<[string, (db: Database, signal: AbortSignal) => Promise<unknown>]>([
    ['import', (db, signal) => db.import(new Uint8Array(5000), { signal })],
    ['attach', (db, signal) => db.attach('archive', { as: 'old', signal })],
    ['detach', (db, signal) => db.detach('old', { signal })],
  ])('keeps %s from being sent', async (method, call) => {
    const opened = createWithWorkers(WITH_TODOS)
    const { db, workers } = opened

    await expect(call(db, AbortSignal.abort('enough'))).rejects.toMatchObject(ABORTED)
    expect(workers).toHaveLength(0)
    await expectUnchanged(db)

    expect(typesOf(opened)).not.toContain(method)
    expect(typesOf(opened)).not.toContain('importOpen')
  })
})

describe('an import that is aborted', () => {
  test('between two pieces changes nothing, has what arrived dropped, and leaves its source', async () => {
    const file = await exportMilk()
    const opened = createWithWorkers(WITH_TODOS)
    const { db } = opened
    const controller = new AbortController()
    let pieces = 0
    let left: unknown
    const source = new ReadableStream<Uint8Array>(
      {
        pull(pulled) {
          if (++pieces === 3) controller.abort('enough')
          pulled.enqueue(new Uint8Array(1000))
        },
        cancel(reason) {
          left = reason
        },
      },
      { highWaterMark: 0 },
    )

    await expect(db.import(source, { signal: controller.signal })).rejects.toMatchObject(ABORTED)

    expect(left).toBe('enough')
    expect(typesOf(opened).filter((type) => type.startsWith('import'))).toEqual([
      'importOpen',
      'importChunk',
      'importChunk',
      'importCancel',
    ])
    await expectUnchanged(db)
    await expectNextImport(db, file)
  })

  test('while its source has nothing to give is told at once, though the source never ends', async () => {
    const file = await exportMilk()
    const opened = createWithWorkers(WITH_TODOS)
    const { db } = opened
    const controller = new AbortController()
    const source = new ReadableStream<Uint8Array>({
      pull: () => new Promise(() => undefined),
      cancel: () => new Promise(() => undefined),
    })

    const importing = db.import(source, { signal: controller.signal })
    await expect.poll(() => typesOf(opened)).toContain('importOpen')
    controller.abort('enough')

    await expect(importing).rejects.toMatchObject(ABORTED)
    await expectUnchanged(db)
    await expectNextImport(db, file)
  })

  test('while it waits for the writer is taken out of the queue', async () => {
    const file = await exportMilk()
    const opened = createWithWorkers(WITH_TODOS)
    const { db } = opened
    const controller = new AbortController()
    const tx = await db.begin()
    const importing = db.import(file, { signal: controller.signal })
    await expect.poll(() => typesOf(opened).at(-1)).toBe('importFinish')

    controller.abort('enough')

    await expect(importing).rejects.toMatchObject(ABORTED)
    expect(typesOf(opened).slice(-2)).toEqual(['abort', 'importCancel'])
    await tx.commit()
    await expectUnchanged(db)
    await expectNextImport(db, file)
  })

  test('before its turn is told at once, and the one after it still waits for the one before', async () => {
    const file = await exportMilk()
    const { db } = createWithWorkers(WITH_TODOS)
    const controller = new AbortController()
    const tx = await db.begin()
    const done: string[] = []
    const first = db.import(file).then(() => done.push('first'))
    const second = db.import(new Uint8Array(5000), { signal: controller.signal })
    const third = db.import(file).then(() => done.push('third'))

    controller.abort('enough')

    await expect(second).rejects.toMatchObject(ABORTED)
    expect(done).toEqual([])
    await tx.commit()
    await Promise.all([first, third])
    expect(done).toEqual(['first', 'third'])
  })
})

describe('a call that is aborted while it waits for the writer', () => {
  test.each<[string, (db: Database, signal: AbortSignal) => Promise<void>, readonly string[]]>([
    ['attach', (db, signal) => db.attach('other', { signal }), ['main', 'old']],
    ['detach', (db, signal) => db.detach('old', { signal }), ['main', 'old']],
  ])('%s, is not made', async (method, call, expected) => {
    const opened = createWithWorkers()
    const { db } = opened
    await db.attach('archive', { as: 'old' })
    const controller = new AbortController()
    const tx = await db.begin()
    const calling = call(db, controller.signal)
    await expect.poll(() => typesOf(opened).at(-1)).toBe(method)

    controller.abort('enough')

    await expect(calling).rejects.toMatchObject(ABORTED)
    await tx.commit()
    const schemas = (): Promise<readonly unknown[]> =>
      db.query('select name from pragma_database_list order by name')
    expect(await schemas()).toEqual(expected.map((name) => ({ name })))
    opened.newest().crash('gone')
    expect(await schemas()).toEqual(expected.map((name) => ({ name })))
  })
})
