import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createDatabase, type SyncEvent, type SyncPolicy } from '../../src/index.ts'
import { requestPersistence } from '../../src/database/persistence.ts'
import { createTestDatabase } from '../../src/testing.ts'
import { MemoryFile } from '../../src/worker/storage/memory-file.ts'
import { MemoryStore } from '../../src/worker/storage/memory-store.ts'
import { createWithWorkers, type WithWorkers } from '../page/in-process-worker.ts'

const migrations = ['create table t (a)']

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

/** A page as far as the database listens to it. */
class StubPage {
  readonly document: EventTarget & { visibilityState: string } = Object.assign(new EventTarget(), {
    visibilityState: 'visible',
  })
  readonly #window = new EventTarget()

  constructor() {
    vi.stubGlobal('document', this.document)
    vi.stubGlobal('addEventListener', this.#window.addEventListener.bind(this.#window))
  }

  hide(): void {
    this.document.visibilityState = 'hidden'
    this.document.dispatchEvent(new Event('visibilitychange'))
  }

  leave(persisted: boolean): void {
    this.#window.dispatchEvent(Object.assign(new Event('pagehide'), { persisted }))
  }
}

/** What the worker was asked of syncs. */
function asked({ newest }: WithWorkers): readonly unknown[] {
  return newest().requests.flatMap((request) => {
    return request.type === 'sync' ? [request.payload.cause] : []
  })
}

describe('a page that goes out of sight', () => {
  test.each([
    ['hidden', (page: StubPage) => page.hide()],
    ['frozen', (page: StubPage) => page.document.dispatchEvent(new Event('freeze'))],
    ['closing', (page: StubPage) => page.leave(false)],
  ] as const)('has it stored at once: %s', async (cause, act) => {
    const page = new StubPage()
    const workers = createWithWorkers({ durability: 'relaxed', migrations })
    await workers.db.run('insert into t values (1)')
    act(page)
    // Within the event: nothing may run after it.
    expect(asked(workers)).toEqual([cause])
  })

  test('asks for nothing under strict durability, nor when it comes back, nor after closing', async () => {
    const page = new StubPage()
    const strict = createWithWorkers({ migrations })
    const relaxed = createWithWorkers({ durability: 'relaxed', migrations })
    await Promise.all([strict.db.ready, relaxed.db.ready])
    page.document.dispatchEvent(new Event('visibilitychange'))
    await relaxed.db.close()
    page.hide()
    expect([asked(strict), asked(relaxed)]).toEqual([[], []])
  })
})

describe('who listens to syncs', () => {
  test('hears of each until it stops, or the handle is closed', async () => {
    const db = createTestDatabase({ durability: 'relaxed', migrations, syncPolicy: { interval: 60_000 } })
    const events: SyncEvent[] = []
    const stop = db.onSync((event) => events.push(event))
    await db.run('insert into t values (1)')
    await db.drain()
    expect(events).toEqual([
      { type: 'syncstart', cause: 'drain' },
      {
        type: 'syncsuccess',
        cause: 'drain',
        blocks: expect.any(Number),
        bytes: expect.any(Number),
        durationMs: expect.any(Number),
      },
    ])
    stop()
    await db.run('insert into t values (2)')
    await db.drain()
    expect(events).toHaveLength(2)
    db.onSync((event) => events.push(event))
    await db.run('insert into t values (3)')
    await db.close()
    expect(events).toHaveLength(2)
    expect(() => db.onSync(() => undefined)).toThrow(/closed/)
  })

  test('and who reads the status, learns of a failure and of its end', async () => {
    const db = createTestDatabase({ durability: 'relaxed', migrations, syncPolicy: { interval: 60_000 } })
    onTestFinished(() => db.close())
    const failures: SyncEvent[] = []
    db.onSync((event) => event.type === 'syncfailure' && failures.push(event))
    await db.run('insert into t values (1)')
    const sync = vi.spyOn(MemoryFile.prototype, 'sync').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError')
    })
    await expect(db.drain()).rejects.toMatchObject({ name: 'DataSyncError', code: 'quota-exceeded' })
    const error = expect.objectContaining({ name: 'DataSyncError', code: 'quota-exceeded' })
    expect(failures).toEqual([{ type: 'syncfailure', cause: 'drain', error, isLost: false }])
    expect(db.status.getSnapshot().sync).toEqual({ kind: 'failing', error })
    sync.mockRestore()
    await db.drain()
    expect(db.status.getSnapshot().sync).toEqual({ kind: 'working' })
    expect(await db.metrics()).toMatchObject({ failedSyncs: 1, dirtyBytes: 0, cache: undefined })
  })
})

describe('where the worker is lost while syncs fail', () => {
  test.each([
    ['memory', 'lost', false],
    ['indexeddb', 'lost', false],
    ['opfs', 'working', false],
    ['indexeddb', 'failing', true],
  ] as const)('what is in %s is %s; closed by the page: %s', async (kind, expected, isClosed) => {
    // Where its bytes are makes no difference to what the page can know.
    const store = Object.defineProperty(new MemoryStore(), 'kind', { value: kind })
    const options = { durability: 'relaxed', migrations, syncPolicy: { interval: 60_000 } } as const
    const { db, newest } = createWithWorkers(options, {
      chooseStore: async () => ({ store, reason: 'A test gave it.' }),
    })
    await db.run('insert into t values (1)')
    vi.spyOn(MemoryFile.prototype, 'sync').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError')
    })
    await expect(db.drain()).rejects.toMatchObject({ code: 'quota-exceeded' })
    const error = expect.objectContaining({ code: 'quota-exceeded' })
    expect(db.status.getSnapshot().sync).toEqual({ kind: 'failing', error })
    if (isClosed) await db.close().catch(() => undefined)
    else newest().crash('gone')
    expect(db.status.getSnapshot().sync).toEqual(
      expected === 'working' ? { kind: expected } : { kind: expected, error },
    )
  })
})

test.each([
  ['interval', 0],
  ['interval', Number.NaN],
  ['debounce', -1],
  ['maxDirtyBlocks', 0],
  ['maxDirtyBytes', '1 MB'],
  ['verifyAfterWrite', 1],
] as const)('an option that makes no sense is named: %s', (field, value) => {
  const syncPolicy = { [field]: value } as SyncPolicy
  expect(() => createDatabase('nonsense', { syncPolicy })).toThrow(
    expect.objectContaining({
      code: 'invalid-argument',
      message: expect.stringContaining(`syncPolicy.${field}`),
    }),
  )
})

describe('asking the browser to keep the data', () => {
  const stubNavigator = (
    { hasBeenActive = true, userAgent = 'Chrome/140', persisted = false } = {},
    persist = vi.fn<() => Promise<boolean>>(async () => true),
  ): typeof persist => {
    const storage = { persist, persisted: async () => persisted }
    vi.stubGlobal('navigator', { storage, userAgent, userActivation: { hasBeenActive } })
    return persist
  }

  test('happens once on a page', async () => {
    const persist = stubNavigator()
    expect(await requestPersistence()).toBe(true)
    expect(await requestPersistence()).toBeUndefined()
    expect(persist).toHaveBeenCalledTimes(1)
  })

  test('waits until the user has done something', async () => {
    const persist = stubNavigator({ hasBeenActive: false })
    expect(await requestPersistence()).toBeUndefined()
    expect(persist).not.toHaveBeenCalled()
  })

  test('does not happen where it is kept already, nor in Firefox, nor where there is no such thing', async () => {
    const kept = stubNavigator({ persisted: true })
    expect(await requestPersistence()).toBe(true)
    const inFirefox = stubNavigator({ userAgent: 'Mozilla/5.0 Gecko/20100101 Firefox/143.0' })
    expect(await requestPersistence()).toBeUndefined()
    expect([kept.mock.calls, inFirefox.mock.calls]).toEqual([[], []])
    vi.stubGlobal('navigator', undefined)
    expect(await requestPersistence()).toBeUndefined()
  })

  test('that is refused by an error is no error', async () => {
    stubNavigator({}, vi.fn<() => Promise<boolean>>().mockRejectedValue(new Error('not here')))
    expect(await requestPersistence()).toBeUndefined()
  })
})
