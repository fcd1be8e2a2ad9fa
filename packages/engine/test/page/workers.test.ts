import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { PROTOCOL_VERSION } from '../../src/link/protocol.ts'
import { MemoryFile } from '../../src/worker/storage/memory-file.ts'
import { createWithWorkers } from './in-process-worker.ts'
import { TODO_SCHEMA, TODOS } from './open-test-database.ts'
import { settle, useFakeTimers } from './worker-clock.ts'

const INSERT = 'insert into todo (title) values (?)'
const WITH_TODOS = { migrations: [TODO_SCHEMA] }

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('messages', () => {
  test('carry all calls that were made in one microtask', async () => {
    const { db, newest } = createWithWorkers(WITH_TODOS)
    await db.ready
    const before = newest().received.length

    const calls = [db.run(INSERT, ['a']), db.query('select 1'), db.exec('select 1'), db.begin()]
    db.observe(TODOS).subscribe(() => undefined)
    const pending = Promise.all(calls)
    await Promise.resolve()
    expect(
      newest()
        .received.slice(before)
        .map(({ requests }) => requests.map(({ type }) => type)),
    ).toEqual([['statement', 'statement', 'script', 'begin', 'observe']])
    await pending
  })

  test('carry all calls that waited for the opening, after it and together', async () => {
    const { db, newest } = createWithWorkers()
    const calls = [db.query('select 1'), db.query('select 2')]

    await Promise.all(calls)

    expect(newest().received.map(({ requests }) => requests.map(({ type }) => type))).toEqual([
      ['open'],
      ['statement', 'statement'],
    ])
  })
})

describe('a worker that does not start', () => {
  const failed = { code: 'worker-failed', remedy: expect.stringContaining('worker: () => new Worker') }

  test('is told after five seconds of silence, and the next call starts another', async () => {
    useFakeTimers()
    const { db, workers } = createWithWorkers({}, { isSilent: true }, {})
    const observer = db.observe('select 1 as one')
    observer.subscribe(() => undefined)
    const outcome = Promise.allSettled([db.ready, db.query('select 1')])
    await settle()

    vi.advanceTimersByTime(4999)
    await settle()
    expect(db.status.getSnapshot().phase).toBe('opening')
    vi.advanceTimersByTime(1)

    expect(await outcome).toMatchObject([
      { status: 'rejected', reason: { ...failed, message: expect.stringContaining('5000 ms') } },
      { status: 'rejected', reason: failed },
    ])
    expect(db.status.getSnapshot()).toMatchObject({ phase: 'failed', error: failed })
    expect(observer.getSnapshot()).toMatchObject({ status: 'error', error: failed })
    expect(workers[0]?.isTerminated).toBe(true)

    await expect(db.query('select 2 as two')).resolves.toEqual([{ two: 2 }])
    expect(observer.getSnapshot()).toMatchObject({ status: 'success', data: [{ one: 1 }] })
  })

  test('may take its time once it has spoken', async () => {
    useFakeTimers()
    const { db, newest } = createWithWorkers()
    const ready = db.ready
    newest().addEventListener('message', () => vi.advanceTimersByTime(60_000), { once: true })

    await expect(ready).resolves.toBeUndefined()
  })

  test('since its script is missing', async () => {
    const { db, newest } = createWithWorkers({}, { isSilent: true }, {})
    const ready = db.ready
    newest().crash()

    await expect(ready).rejects.toMatchObject({
      ...failed,
      message: expect.stringContaining('could not be loaded'),
    })
    await expect(db.query('select 1')).resolves.toHaveLength(1)
  })

  test('since what it says cannot be read', async () => {
    const { db, newest } = createWithWorkers({}, { isSilent: true }, {})
    const ready = db.ready
    newest().dispatchEvent(new MessageEvent('messageerror'))

    await expect(ready).rejects.toMatchObject({
      ...failed,
      message: expect.stringContaining('could not be read'),
    })
  })

  test('since it cannot be made', async () => {
    const cause = new Error('Refused by the policy of the page')
    const { db } = createWithWorkers({
      worker: () => {
        throw cause
      },
    })

    await expect(db.query('select 1')).rejects.toMatchObject({ ...failed, cause })
  })

  test('since it is of another version', async () => {
    const { db } = createWithWorkers({}, { version: PROTOCOL_VERSION + 1 }, {})

    await expect(db.query('select 1')).rejects.toMatchObject({
      ...failed,
      message: expect.stringContaining(`version ${PROTOCOL_VERSION + 1}`),
    })
    await expect(db.query('select 1')).resolves.toHaveLength(1)
  })
})

test('a page that is isolated, in a browser that shares no memory all the same, does without', async () => {
  vi.stubGlobal('crossOriginIsolated', true)
  vi.stubGlobal('SharedArrayBuffer', undefined)
  const { db } = createWithWorkers(WITH_TODOS)

  expect(await db.query('select 1 as one')).toEqual([{ one: 1 }])
})

describe('an import that waits for a transaction', () => {
  test('keeps no one from aborting a call that was made before', async () => {
    const { db, newest } = createWithWorkers(WITH_TODOS)
    const file = await db.export()
    const controller = new AbortController()
    const endless = db.query(
      'with recursive n(i) as (select 1 union all select i + 1 from n) select i from n',
      [],
      { signal: controller.signal },
    )
    const tx = await db.begin()
    const importing = db.import(file)
    await expect.poll(() => newest().requests.at(-1)?.type).toBe('importFinish')

    controller.abort('enough')

    await expect(endless).rejects.toMatchObject({ code: 'aborted', cause: 'enough' })
    await tx.commit()
    await importing
  })
})

describe('an import whose source fails', () => {
  test('has the engine drop what had arrived', async () => {
    const { db, newest } = createWithWorkers()
    await db.ready
    const write = vi.spyOn(MemoryFile.prototype, 'write')
    onTestFinished(() => write.mockRestore())
    let pieces = 0
    const source = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (++pieces === 3) controller.error(new Error('mine'))
        else controller.enqueue(new Uint8Array(100_000))
      },
    })

    await expect(db.import(source)).rejects.toThrow('mine')

    expect(newest().requests.at(-1)?.type).toBe('importCancel')
    expect(write.mock.calls.map(([bytes]) => bytes.length)).toEqual([100_000, 100_000])
    expect(write.mock.contexts.map((file) => (file as MemoryFile).size())).toEqual([0, 0])
  })
})
