import {
  createMutation,
  IDLE_MUTATION,
  performMutation,
  type Database,
  type RunResult,
} from '@datasync/engine'
import { createTestDatabase } from '@datasync/engine/testing'
import { expect, onTestFinished, test } from 'vitest'

test('goes from idle to pending to success, and tells so each time', async () => {
  const mutation = createMutation(async (name: string) => `done ${name}`)
  const states: string[] = []
  mutation.subscribe(() => states.push(mutation.getSnapshot().status))
  expect(mutation.getSnapshot()).toBe(IDLE_MUTATION)

  await expect(mutation.mutateAsync('it')).resolves.toBe('done it')

  expect(states).toEqual(['pending', 'success'])
  expect(mutation.getSnapshot()).toEqual({
    status: 'success',
    data: 'done it',
    error: undefined,
    isPending: false,
  })
})

test('has the error of a call that fails, even one that fails before it returns a promise', async () => {
  const mutation = createMutation((write: () => Promise<never>) => write())

  await expect(mutation.mutateAsync(() => Promise.reject(new Error('late')))).rejects.toThrow('late')
  expect(mutation.getSnapshot()).toMatchObject({ status: 'error', error: new Error('late') })

  const throwAtOnce = (): Promise<never> => {
    throw new Error('at once')
  }
  await expect(mutation.mutateAsync(throwAtOnce)).rejects.toThrow('at once')
  expect(mutation.getSnapshot()).toMatchObject({ status: 'error', error: new Error('at once') })
})

test('mutate tells of an error in the state, and nowhere else', async () => {
  const mutation = createMutation(async (error: Error) => {
    throw error
  })
  const settled = new Promise<void>((resolve) => {
    mutation.subscribe(() => mutation.getSnapshot().status === 'error' && resolve())
  })

  expect(mutation.mutate(new Error('no'))).toBeUndefined()

  // An unhandled rejection would fail the run.
  await settled
  expect(mutation.getSnapshot().error).toEqual(new Error('no'))
})

test('only the newest call has a say in the state, in whichever order they settle', async () => {
  const mutation = createMutation((gate: { readonly promise: Promise<string> }) => gate.promise)
  const [older, newer] = [createGate<string>(), createGate<string>()]
  const calls = [mutation.mutateAsync(older), mutation.mutateAsync(newer)]

  older.reject(new Error('older'))
  await expect(calls[0]).rejects.toThrow('older')
  expect(mutation.getSnapshot().status).toBe('pending')

  newer.resolve('newer')
  await expect(calls[1]).resolves.toBe('newer')
  expect(mutation.getSnapshot()).toMatchObject({ status: 'success', data: 'newer' })
})

test('after a reset, calls under way settle without a say in the state', async () => {
  const gate = createGate<string>()
  const mutation = createMutation(() => gate.promise)
  const call = mutation.mutateAsync(undefined)

  mutation.reset()
  gate.resolve('done')

  await expect(call).resolves.toBe('done')
  expect(mutation.getSnapshot()).toBe(IDLE_MUTATION)
})

test('a call does what it was told last', async () => {
  const mutation = createMutation(async (name: string) => `first ${name}`)

  mutation.setWrite(async (name) => `second ${name}`)

  await expect(mutation.mutateAsync('one')).resolves.toBe('second one')
})

test('a subscription that has ended hears nothing more', async () => {
  const mutation = createMutation(async () => undefined)
  let heard = 0
  const listener = (): void => void (heard += 1)
  const stops = [mutation.subscribe(listener), mutation.subscribe(listener)]

  stops[0]?.()
  await mutation.mutateAsync(undefined)
  stops[1]?.()
  mutation.reset()

  expect(heard).toBe(2)
})

test('a statement is run with the variables as its parameters, a function is called as it is', async () => {
  const db = createTestDatabase({ migrations: ['create table todo (title text)'] })
  onTestFinished(() => db.close())
  const count = (database: Database, title: string): Promise<unknown> =>
    database.get('select count(*) as n from todo where title = ?', [title])

  const inserted = performMutation(db, 'insert into todo values (?)', ['milk'] as never)

  await expect(inserted).resolves.toMatchObject({ changes: 1 } satisfies Partial<RunResult>)
  await expect(performMutation(db, count, 'milk' as never)).resolves.toEqual({ n: 1 })
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
