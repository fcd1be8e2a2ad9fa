import { createMutation, IDLE_MUTATION, toMutationFunction, type RunResult } from '@datasync/engine'
import { createTestDatabase } from '@datasync/engine/testing'
import { expect, onTestFinished, test } from 'vitest'

test('goes from idle to pending to success, and tells so each time', async () => {
  const mutation = createMutation<string>()
  const states: string[] = []
  mutation.subscribe(() => states.push(mutation.getSnapshot().status))
  expect(mutation.getSnapshot()).toBe(IDLE_MUTATION)

  await expect(mutation.start(async () => 'done')).resolves.toBe('done')

  expect(states).toEqual(['pending', 'success'])
  expect(mutation.getSnapshot()).toEqual({
    status: 'success',
    data: 'done',
    error: undefined,
    isPending: false,
  })
})

test('has the error of a call that fails, even one that fails before it returns a promise', async () => {
  const mutation = createMutation<never>()

  await expect(mutation.start(() => Promise.reject(new Error('late')))).rejects.toThrow('late')
  expect(mutation.getSnapshot()).toMatchObject({ status: 'error', error: new Error('late') })

  const throwAtOnce = (): Promise<never> => {
    throw new Error('at once')
  }
  await expect(mutation.start(throwAtOnce)).rejects.toThrow('at once')
  expect(mutation.getSnapshot()).toMatchObject({ status: 'error', error: new Error('at once') })
})

test('only the newest call has a say in the state, in whichever order they settle', async () => {
  const mutation = createMutation<string>()
  const [older, newer] = [createGate<string>(), createGate<string>()]
  const calls = [mutation.start(() => older.promise), mutation.start(() => newer.promise)]

  older.reject(new Error('older'))
  await expect(calls[0]).rejects.toThrow('older')
  expect(mutation.getSnapshot().status).toBe('pending')

  newer.resolve('newer')
  await expect(calls[1]).resolves.toBe('newer')
  expect(mutation.getSnapshot()).toMatchObject({ status: 'success', data: 'newer' })
})

test('after a reset, calls under way settle without a say in the state', async () => {
  const mutation = createMutation<string>()
  const gate = createGate<string>()
  const call = mutation.start(() => gate.promise)

  mutation.reset()
  gate.resolve('done')

  await expect(call).resolves.toBe('done')
  expect(mutation.getSnapshot()).toBe(IDLE_MUTATION)
})

test('a subscription that has ended hears nothing more', async () => {
  const mutation = createMutation<void>()
  let heard = 0
  const listener = (): void => void (heard += 1)
  const stops = [mutation.subscribe(listener), mutation.subscribe(listener)]

  stops[0]?.()
  await mutation.start(async () => undefined)
  stops[1]?.()
  mutation.reset()

  expect(heard).toBe(2)
})

test('a statement is run with the variables as its parameters, a function is called as it is', async () => {
  const db = createTestDatabase({ migrations: ['create table todo (title text)'] })
  onTestFinished(() => db.close())
  const mutation = createMutation<unknown>()
  const insert = toMutationFunction('insert into todo values (?)')
  const count = toMutationFunction((database, title: string) =>
    database.get('select count(*) as n from todo where title = ?', [title]),
  )

  const inserted = mutation.start(() => insert(db, ['milk'] as never))

  await expect(inserted).resolves.toMatchObject({ changes: 1 } satisfies Partial<RunResult>)
  await expect(count(db, 'milk' as never)).resolves.toEqual({ n: 1 })
})

/** A promise that the test settles when it likes. */
function createGate<Value>(): {
  readonly promise: Promise<Value>
  readonly resolve: (value: Value) => void
  readonly reject: (error: Error) => void
} {
  let settle = {} as { resolve: (value: Value) => void; reject: (error: Error) => void }
  const promise = new Promise<Value>((resolve, reject) => {
    settle = { resolve, reject }
  })
  return { promise, ...settle }
}
