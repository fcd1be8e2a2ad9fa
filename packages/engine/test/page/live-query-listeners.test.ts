import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { openTodos } from './open-test-database.ts'
import { observeTodos, record } from './observe-todos.ts'

afterEach(() => {
  vi.useRealTimers()
})

describe('listeners', () => {
  test('that throw stop no one, and are reported', async () => {
    const db = await openTodos()
    const reported: unknown[] = []
    vi.stubGlobal('reportError', (error: unknown) => reported.push(error))
    onTestFinished(() => void vi.unstubAllGlobals())
    const stop = observeTodos(db).subscribe(() => {
      throw new Error('mine')
    })
    const stopToo = db.onChange(() => {
      throw new Error('mine too')
    })
    const { seen } = record(observeTodos(db))
    await db.flush()

    await expect(db.run('delete from todo')).resolves.toMatchObject({ changes: 3 })

    expect(seen.at(-1)).toEqual([])
    expect(reported.map(String)).toEqual(['Error: mine', 'Error: mine', 'Error: mine too'])
    stop()
    stopToo()
  })

  test('may subscribe, unsubscribe, observe and write', async () => {
    const db = await openTodos()
    const other = db.observe<{ readonly n: number }>('select count(*) as n from todo')
    const late = vi.fn<() => void>()
    const removed = vi.fn<() => void>()
    const writes: Promise<unknown>[] = []
    let stopRemoved = (): void => undefined
    const stop = observeTodos(db).subscribe(() => {
      stop()
      stopRemoved()
      other.subscribe(late)
      writes.push(db.run("insert into todo (title) values ('from a listener')"))
    })
    stopRemoved = observeTodos(db).subscribe(removed)

    await db.flush()
    await Promise.all(writes)

    expect(removed).not.toHaveBeenCalled()
    expect(late).toHaveBeenCalled()
    expect(other.getSnapshot().data).toEqual([{ n: 4 }])
  })

  test('are subscriptions of their own, even if they are one function', async () => {
    const db = await openTodos()
    const listener = vi.fn<() => void>()
    const observer = observeTodos(db)
    const stop = observer.subscribe(listener)
    observer.subscribe(listener)
    stop()
    stop()

    await db.flush()

    expect(listener).toHaveBeenCalledTimes(1)
  })

  test('are not called while they subscribe', async () => {
    const db = await openTodos()
    const observer = observeTodos(db)
    await observer.load()
    const listener = vi.fn<() => void>()

    observer.subscribe(listener)
    await db.flush()

    expect(listener).not.toHaveBeenCalled()
  })
})
