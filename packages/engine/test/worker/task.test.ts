import { expect, test } from 'vitest'
import { runTask, waitFor, type Task } from '../../src/worker/task.ts'

function* sum(...values: readonly (number | Promise<number>)[]): Task<number> {
  let total = 0
  for (const value of values) total += yield* waitFor(value)
  return total
}

test('a task that waits for nothing gives its result at once', () => {
  expect(runTask(sum(1, 2))).toBe(3)
})

test('a task that waits for nothing throws at once', () => {
  const failing = function* (): Task<number> {
    yield* sum(1)
    throw new Error('no')
  }
  expect(() => runTask(failing())).toThrow('no')
})

test('a task that waits gives a promise, and goes on in order', async () => {
  const result = runTask(sum(1, Promise.resolve(2), 3, Promise.resolve(4)))
  expect(result).toBeInstanceOf(Promise)
  expect(await result).toBe(10)
})

test('a task runs until it first waits before anybody else does', () => {
  const steps: string[] = []
  const task = function* (): Task<void> {
    steps.push('begun')
    yield* waitFor(Promise.resolve())
    steps.push('resumed')
  }
  const result = runTask(task())
  expect(steps).toEqual(['begun'])
  return Promise.resolve(result).then(() => expect(steps).toEqual(['begun', 'resumed']))
})

test('a rejection is thrown where it is waited for, once, and can be caught there', async () => {
  const caught: unknown[] = []
  const task = function* (): Task<string> {
    try {
      yield* waitFor(Promise.reject(new Error('lost')))
    } catch (error) {
      caught.push(error)
      yield* waitFor(Promise.resolve())
    }
    return 'found'
  }
  expect(await runTask(task())).toBe('found')
  expect(caught).toHaveLength(1)
})

test('what a task throws after it has waited rejects its promise, and is not thrown into it', async () => {
  const seen: unknown[] = []
  const task = function* (): Task<void> {
    yield* waitFor(Promise.resolve())
    try {
      yield* waitFor(Promise.resolve())
    } catch (error) {
      seen.push(error)
    }
    throw new Error('late')
  }
  await expect(runTask(task())).rejects.toThrow('late')
  expect(seen).toEqual([])
})

test('what is to be done in the end can wait as well, also on the way out of an error', async () => {
  const steps: string[] = []
  const task = function* (): Task<void> {
    try {
      yield* waitFor(Promise.resolve())
      throw new Error('no')
    } finally {
      yield* waitFor(Promise.resolve().then(() => steps.push('tidied')))
    }
  }
  await expect(runTask(task())).rejects.toThrow('no')
  expect(steps).toEqual(['tidied'])
})
