import { signal } from '@angular/core'
import { type DataSyncError } from '@datasync/engine'
import { expect, test } from 'vitest'
import { injectQuery } from '../src/index.ts'
import { injectWith, subscribers } from './support/render.ts'
import { createTodos, openTodos, titles, TODOS, TODOS_OF_LIST, type Todo } from '@datasync/conformance'

test('is a resource: its words, its value, and whether it has one', async () => {
  const db = createTodos()
  const query = injectWith(db, () => injectQuery<Todo>(TODOS))
  expect(query.status()).toBe('loading')
  expect(query.isLoading()).toBe(true)
  expect(query.hasValue()).toBe(false)
  expect(query.value()).toBeUndefined()
  expect(query.snapshot()).toEqual({ status: 'loading', value: undefined })
  expect(query.reload()).toBe(false)

  await expect.poll(() => query.status()).toBe('resolved')
  expect(query.hasValue()).toBe(true)
  expect(query.value()).toBe(query.data())
  expect(query.snapshot()).toEqual({ status: 'resolved', value: query.data() })

  const words: string[] = []
  const stop = db.observe(TODOS).subscribe(() => words.push(query.status()))
  expect(query.reload()).toBe(true)
  await expect.poll(() => words).toEqual(['reloading', 'resolved'])
  stop()
})

test('throws where a resource does, but keeps its rows in data', async () => {
  const db = await openTodos()
  const query = injectWith(db, () => injectQuery<Todo>(TODOS))
  await expect.poll(() => query.status()).toBe('resolved')

  await db.exec('alter table todo rename to hidden')
  await expect.poll(() => query.status()).toBe('error')

  const error = query.error() as DataSyncError
  expect(error).toMatchObject({ code: 'sql' })
  expect(() => query.value()).toThrow(error)
  expect(query.hasValue()).toBe(false)
  expect(query.snapshot()).toEqual({ status: 'error', error })
  expect(query.data()).toHaveLength(3)

  await db.exec('alter table hidden rename to todo')
  await expect.poll(() => query.status()).toBe('resolved')
  expect(query.value()).toHaveLength(3)
})

test('is loading, with a value, while it shows the rows of the parameters before', async () => {
  const db = await openTodos()
  const list = signal(1)
  const query = injectWith(db, () => injectQuery<Todo>(TODOS_OF_LIST, () => [list()], { keepPrevious: true }))
  await expect.poll(() => query.status()).toBe('resolved')

  list.set(2)

  expect(query.snapshot()).toMatchObject({
    status: 'loading',
    value: [{ title: 'milk' }, { title: 'bread' }],
  })
  expect(query.isStale()).toBe(true)
  await expect.poll(() => query.status()).toBe('resolved')
  expect(titles(query.value())).toEqual(['paint'])
})

test('reloads nothing that is disabled', async () => {
  const db = await openTodos()
  const query = injectWith(db, () => injectQuery<Todo>(TODOS, [], { enabled: false, initialData: [] }))

  expect(query.status()).toBe('resolved')
  expect(query.reload()).toBe(false)
  expect(subscribers(db)).toEqual([])
})
