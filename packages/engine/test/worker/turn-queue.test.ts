import { afterEach, expect, test, vi } from 'vitest'
import { waitFor, type Task } from '../../src/worker/task.ts'
import { TurnQueue } from '../../src/worker/turn-queue.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

/** A turn that notes where it is, and waits in the middle if it is given something to wait for. */
function turn(name: string, steps: string[], pending?: Promise<unknown>): () => Task<void> {
  return function* () {
    steps.push(`${name} begins`)
    if (pending !== undefined) yield* waitFor(pending)
    steps.push(`${name} ends`)
  }
}

function uncaughtErrors(): readonly unknown[] {
  const errors: unknown[] = []
  vi.spyOn(globalThis, 'queueMicrotask').mockImplementation((report) => {
    try {
      report()
    } catch (error) {
      errors.push(error)
    }
  })
  return errors
}

test('where nothing waits, a turn runs at once', () => {
  const turns = new TurnQueue()
  const steps: string[] = []
  turns.run(turn('a', steps))
  turns.run(turn('b', steps))
  expect(steps).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
  expect(turns.isIdle).toBe(true)
})

test('while a turn waits no other runs; then they do, in order', async () => {
  const turns = new TurnQueue()
  const steps: string[] = []
  turns.run(turn('a', steps, Promise.resolve()))
  turns.run(turn('b', steps, Promise.resolve()))
  turns.run(turn('c', steps))
  expect(steps).toEqual(['a begins'])
  expect(turns.isIdle).toBe(false)
  await expect.poll(() => turns.isIdle).toBe(true)
  expect(steps).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
})

test('a turn that is asked for within a turn runs after it', () => {
  const turns = new TurnQueue()
  const steps: string[] = []
  turns.run(function* () {
    turns.run(turn('b', steps))
    yield* turn('a', steps)()
  })
  expect(steps).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
})

test('a turn that throws, before or after it waited, is told of as an uncaught error and stops no other', async () => {
  const errors = uncaughtErrors()
  const turns = new TurnQueue()
  const steps: string[] = []
  const failing = (pending?: Promise<unknown>) =>
    function* (): Task<void> {
      if (pending !== undefined) yield* waitFor(pending)
      throw new Error(pending === undefined ? 'at once' : 'late')
    }
  turns.run(failing())
  turns.run(failing(Promise.resolve()))
  turns.run(turn('a', steps))
  await expect.poll(() => turns.isIdle).toBe(true)
  expect(errors.map(String)).toEqual(['Error: at once', 'Error: late'])
  expect(steps).toEqual(['a begins', 'a ends'])
})

test('work apart from turns has its own time in the queue, and its outcome is for those who asked', async () => {
  const turns = new TurnQueue()
  const steps: string[] = []
  turns.run(turn('a', steps, Promise.resolve()))
  const result = turns.exclusively(function* () {
    yield* turn('work', steps, Promise.resolve())()
    return 1
  })
  const failure = turns.exclusively<number>(() => {
    throw new Error('no')
  })
  turns.run(turn('b', steps))
  await expect(failure).rejects.toThrow('no')
  expect(await result).toBe(1)
  await expect.poll(() => turns.isIdle).toBe(true)
  expect(steps).toEqual(['a begins', 'a ends', 'work begins', 'work ends', 'b begins', 'b ends'])
})
