import { Component, inject, Injectable } from '@angular/core'
import { toObservable, toSignal } from '@angular/core/rxjs-interop'
import { TestBed } from '@angular/core/testing'
import type { Database as EngineDatabase, QueryResult } from '@datasync/engine'
import { distinctUntilChanged, firstValueFrom, map } from 'rxjs'
import { expect, test, vi } from 'vitest'
import {
  Database,
  injectDatabase,
  injectDatabaseStatus,
  injectMutation,
  injectQuery,
  provideDatabase,
} from '../src/index.ts'
import { injectWith, renderWith, subscribers } from './support/render.ts'
import { createTodos, openTodos, titles, TODOS, type Todo } from '@datasync/conformance'

test('is made once, when it is first injected, and is the same for everyone', () => {
  const db = createTodos()
  const create = vi.fn<() => EngineDatabase>(() => db)
  TestBed.configureTestingModule({ providers: [provideDatabase(create)] })
  TestBed.runInInjectionContext(() => undefined)
  expect(create).not.toHaveBeenCalled()

  const [first, second, service] = TestBed.runInInjectionContext(() => [
    injectDatabase(),
    injectDatabase(),
    inject(Database),
  ])

  expect(create).toHaveBeenCalledOnce()
  expect(first).toBe(db)
  expect(second).toBe(db)
  expect(service?.name).toBe(db.name)
  expect(db.status.getSnapshot().phase).toBe('idle')
})

test('may inject what its making needs', () => {
  const db = createTodos()
  @Injectable({ providedIn: 'root' })
  class Settings {
    readonly database = db
  }
  TestBed.configureTestingModule({ providers: [provideDatabase(() => inject(Settings).database)] })

  expect(TestBed.runInInjectionContext(() => injectDatabase())).toBe(db)
})

test('is neither opened nor closed by the app', async () => {
  const db = await openTodos()
  injectWith(db, () => injectDatabase())

  TestBed.resetTestingModule()

  expect(await db.query(TODOS)).toHaveLength(3)
})

test('can be asked for in a constructor, with all that the handle has', async () => {
  @Injectable()
  class Todos {
    readonly db: Database
    constructor(db: Database) {
      this.db = db
    }
  }
  const db = createTodos()
  TestBed.configureTestingModule({ providers: [Todos, provideDatabase(() => db)] })
  const { db: service } = TestBed.inject(Todos)

  await service.ready
  await service.transaction((tx) => tx.run('delete from todo where list = 1'))

  expect(await service.query(TODOS)).toEqual(await db.query(TODOS))
  expect(service.observe(TODOS)).toBe(db.observe(TODOS))
  await service.close()
  expect(db.status.getSnapshot().phase).toBe('closed')
})

test('that is missing is told by every function, and by the option for another one', () => {
  const error = expect.objectContaining({
    code: 'missing-provider',
    message: expect.stringContaining('provideDatabase(() => db) in the providers of the app'),
  })
  const db = createTodos()
  TestBed.runInInjectionContext(() => {
    expect(() => injectDatabase()).toThrow(error)
    expect(() => injectQuery(TODOS)).toThrow(error)
    expect(() => injectMutation(TODOS)).toThrow(error)
    expect(() => injectDatabaseStatus()).toThrow(error)
    expect(injectDatabase(db)).toBe(db)
    expect(injectDatabaseStatus({ database: db })().phase).toBe('idle')
    expect(inject(Database, { optional: true })).toBeNull()
  })
  expect(injectDatabase(db)).toBe(db)
})

test('query$ emits the present result, then each change, and ends with its subscription', async () => {
  const db = await openTodos()
  const results: QueryResult<readonly Todo[]>[] = []
  const complete = vi.fn<() => void>()
  const query$ = injectWith(db, () => inject(Database)).query$<Todo>(TODOS)
  expect(subscribers(db)).toEqual([])

  const subscription = query$.subscribe({ next: (result) => results.push(result), complete })
  expect(results).toMatchObject([{ status: 'pending', isFetching: true }])
  await expect.poll(() => titles(results.at(-1)?.data)).toEqual(['milk', 'bread', 'paint'])

  await db.run("update todo set title = 'rye' where id = 2")
  await db.run("update todo set title = 'rye' where id = 2")
  expect(results.map(({ data }) => titles(data))).toEqual([
    undefined,
    ['milk', 'bread', 'paint'],
    ['milk', 'rye', 'paint'],
  ])
  expect(subscribers(db)).toEqual([1])

  subscription.unsubscribe()
  await expect.poll(() => subscribers(db)).toEqual([])
  await db.run('delete from todo')
  expect(results).toHaveLength(3)
  expect(complete).not.toHaveBeenCalled()
})

test('query$ gives a late subscriber the rows at once', async () => {
  const db = await openTodos()
  const query$ = injectWith(db, () => inject(Database)).query$<Todo>(TODOS)
  const first = query$.subscribe()
  await db.observe(TODOS).load()

  const { data } = await firstValueFrom(query$)

  expect(titles(data)).toEqual(['milk', 'bread', 'paint'])
  expect(subscribers(db)).toEqual([1])
  first.unsubscribe()
})

test('query$ can be piped, and takes parameters and options', async () => {
  const db = await openTodos()
  const counts: (number | undefined)[] = []
  const subscription = injectWith(db, () => inject(Database))
    .query$<Todo, number>('select * from todo where list = ?', [1], { select: (todos) => todos.length })
    .pipe(
      map(({ data }) => data),
      distinctUntilChanged(),
    )
    .subscribe((count) => counts.push(count))
  await expect.poll(() => counts).toEqual([undefined, 2])

  await db.run('delete from todo')

  await expect.poll(() => counts).toEqual([undefined, 2, 0])
  subscription.unsubscribe()
})

test('query$ has the error of a statement in its results, and what select throws as its own', async () => {
  const db = await openTodos()
  const service = injectWith(db, () => inject(Database))
  const results: QueryResult<unknown>[] = []
  const failing = service.query$('select * from nowhere').subscribe((result) => results.push(result))
  await expect.poll(() => results.at(-1)).toMatchObject({ status: 'error', error: { code: 'sql' } })
  failing.unsubscribe()

  const thrown = vi.fn<(error: unknown) => void>()
  service
    .query$<Todo, never>(TODOS, [], {
      select: () => {
        throw new Error('cannot select')
      },
    })
    .subscribe({ error: thrown })

  await expect.poll(() => thrown).toHaveBeenCalledExactlyOnceWith(new Error('cannot select'))
  await expect.poll(() => subscribers(db)).toEqual([])
})

test('query$ becomes a signal, and a query becomes a stream', async () => {
  @Component({ selector: 'todo-count', template: '{{ result().data?.length }} {{ same()?.length }}' })
  class TodoCount {
    readonly result = toSignal(inject(Database).query$<Todo>(TODOS), { requireSync: true })
    readonly same = toSignal(toObservable(injectQuery<Todo>(TODOS).data))
  }
  const db = await openTodos()
  const view = await renderWith(db, TodoCount)

  await expect.poll(() => view.container.textContent).toBe('3 3')
})
