import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { createDatabase } from '../../src/index.ts'
import { createWithWorkers } from './in-process-worker.ts'
import { settle } from './worker-clock.ts'
import { TODO_SCHEMA, TODOS } from './open-test-database.ts'

// Where nothing is a browser's own, all that makes a page can be put there, or be missing.

const INSERT = 'insert into todo (title) values (?)'
const WITH_TODOS = { migrations: [TODO_SCHEMA] }

afterEach(() => {
  vi.unstubAllGlobals()
})

test('an abort is told through memory where the page is isolated, until it is answered', async () => {
  vi.stubGlobal('crossOriginIsolated', true)
  const { db, newest } = createWithWorkers(WITH_TODOS)
  await db.ready
  const [opening] = newest().requests
  const buffer = opening?.type === 'open' ? opening.payload.interrupt : undefined
  const flag = new Int32Array(buffer ?? new SharedArrayBuffer(0))
  expect(flag).toHaveLength(1)
  const controller = new AbortController()
  const tx = await db.begin()
  const write = db.run(INSERT, ['x'], { signal: controller.signal })
  await Promise.resolve()
  const waiting = newest().requests.at(-1)?.id

  controller.abort()
  expect(Atomics.load(flag, 0)).toBe(waiting)

  await expect(write).rejects.toMatchObject({ code: 'aborted' })
  await settle()
  expect(Atomics.load(flag, 0)).toBe(0)
  await tx.rollback()
})

test('what is in memory is kept while the page sleeps, and asked of nobody', async () => {
  const listeners = new Map<string, (event: unknown) => void>()
  vi.stubGlobal('document', new EventTarget())
  vi.stubGlobal('addEventListener', listeners.set.bind(listeners))
  vi.stubGlobal('removeEventListener', listeners.delete.bind(listeners))
  const { db, newest } = createWithWorkers()
  onTestFinished(() => db.close())
  await db.ready

  listeners.get('pagehide')?.({ persisted: true })
  await settle()
  listeners.get('pageshow')?.({ persisted: true })
  listeners.get('pagehide')?.({ persisted: true })
  await settle()

  expect(newest().requests.map(({ type }) => type)).toEqual(['open'])
  expect(db.status.getSnapshot().phase).toBe('suspended')
  listeners.get('pageshow')?.({ persisted: true })
  expect(await db.get('select 1 as one')).toEqual({ one: 1 })
  await db.close()
})

test('on a server nothing is touched until something has to be opened, which then says why not', async () => {
  const db = createDatabase('server', WITH_TODOS)
  onTestFinished(() => db.close())
  const observer = db.observe(TODOS)
  expect(observer.getServerSnapshot()).toMatchObject({ status: 'pending', isFetching: true })
  expect(db.status.getSnapshot()).toMatchObject({ phase: 'idle' })

  const unavailable = { code: 'storage-unavailable', message: expect.stringContaining('server') }
  await expect(db.query('select 1')).rejects.toMatchObject(unavailable)
  await expect(db.ready).rejects.toMatchObject(unavailable)
  await expect(observer.load()).resolves.toBeUndefined()

  expect(observer.getServerSnapshot()).toMatchObject({ status: 'pending', isFetching: true })
  expect(observer.getSnapshot()).toMatchObject({ status: 'error', error: unavailable })
})
