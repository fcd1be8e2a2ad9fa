import { createTodos, TODOS } from '@datasync/conformance'
import { DataSyncError } from '@datasync/engine'
import { tick } from 'svelte'
import { expect, test } from 'vitest'
import {
  createDatabaseStatus,
  createMutation,
  createQuery,
  getDatabase,
  queryStore,
  setDatabase,
} from '../src/index.ts'
import { renderProbe } from './support/render.ts'

test('getDatabase is what the nearest component has set, that one itself included, or what it is given', () => {
  const [outer, inner] = [createTodos(), createTodos()]

  const { value } = renderProbe(outer, () => {
    const above = getDatabase()
    setDatabase(inner)
    return [above, getDatabase(), getDatabase(outer)]
  })

  expect(value).toEqual([outer, inner, outer])
})

const CALLS: readonly (readonly [string, () => unknown])[] = [
  ['getDatabase', () => getDatabase()],
  ['createQuery', () => createQuery(TODOS)],
  ['a createQuery that is turned off', () => createQuery(null)],
  ['queryStore', () => queryStore(TODOS)],
  ['createMutation', () => createMutation('delete from todo')],
  ['createDatabaseStatus', () => createDatabaseStatus()],
]

test.each(CALLS)('%s below no setDatabase tells the line to add', (_, call) => {
  expectMissingProvider(() => renderProbe(undefined, call))
})

test.each(CALLS)('%s outside of a component tells the same', (_, call) => {
  expectMissingProvider(call)
})

test('so does getDatabase in what a component does later', async () => {
  const { value } = renderProbe(createTodos(), () => async () => {
    await tick()
    return getDatabase()
  })

  await expect(value()).rejects.toMatchObject({ code: 'missing-provider' })
})

function expectMissingProvider(work: () => unknown): void {
  let thrown: unknown
  try {
    work()
  } catch (error) {
    thrown = error
  }
  expect(thrown).toBeInstanceOf(DataSyncError)
  expect(thrown).toMatchObject({ code: 'missing-provider' })
  expect(String(thrown)).toContain('setDatabase(db) in a component above this one')
}
