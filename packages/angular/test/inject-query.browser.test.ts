import {
  ChangeDetectionStrategy,
  Component,
  computed,
  createEnvironmentInjector,
  effect,
  EnvironmentInjector,
  inject,
  Injector,
  input,
  inputBinding,
  signal,
} from '@angular/core'
import { sql } from '@datasync/engine'
import { expect, test, vi, type Mock } from 'vitest'
import { injectQuery } from '../src/index.ts'
import { injectWith, renderWith, subscribers } from './support/render.ts'
import { createTodos, openTodos, titles, TODOS, TODOS_OF_LIST, type Todo } from '@datasync/conformance'

@Component({
  selector: 'todo-list',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @for (todo of todos.data(); track todo.id) {
      <li>{{ todo.title }}</li>
    } @empty {
      <p>{{ todos.status() }}</p>
    }
  `,
})
class TodoList {
  readonly list = input.required<number>()
  readonly todos = injectQuery<Todo>(TODOS_OF_LIST, () => [this.list()])
}

test('takes a statement that is a function, and follows the signals that it reads', async () => {
  const db = await openTodos()
  const list = signal(1)
  const query = injectWith(db, () =>
    injectQuery(() => sql<Todo>`select * from todo where list = ${list()} order by id`),
  )
  await expect.poll(() => titles(query.data())).toEqual(['milk', 'bread'])

  list.set(2)

  await expect.poll(() => titles(query.data())).toEqual(['paint'])
  await expect.poll(() => subscribers(db)).toEqual([1])
})

test('takes a signal for the statement and for the parameters', async () => {
  const db = await openTodos()
  const statement = signal<string | undefined>(undefined)
  const parameters = signal([2])
  const query = injectWith(db, () => injectQuery<Todo>(statement, parameters))
  expect(query.status()).toBe('idle')

  statement.set(TODOS_OF_LIST)

  await expect.poll(() => titles(query.data())).toEqual(['paint'])
})

test('takes options that are a function', async () => {
  const db = await openTodos()
  const isEnabled = signal(false)
  const query = injectWith(db, () => injectQuery<Todo>(TODOS, [], () => ({ enabled: isEnabled() })))
  expect(query.status()).toBe('idle')
  expect(query.isPending()).toBe(true)

  isEnabled.set(true)

  await expect.poll(() => query.data()).toHaveLength(3)
})

test('has the new parameters in the same pass, never the rows of the old ones', async () => {
  const db = await openTodos()
  const list = signal(1)
  const query = injectWith(db, () => injectQuery<Todo>(TODOS_OF_LIST, () => [list()]))
  await expect.poll(() => query.data()).toHaveLength(2)

  list.set(2)

  expect(query.data()).toBeUndefined()
  expect(query.status()).toBe('loading')
})

test('is not misled by a change of the old parameters that comes before the effect', async () => {
  const db = await openTodos()
  const list = signal(1)
  const observer = db.observe<Todo>(TODOS_OF_LIST, [1])
  let isLeaving = false
  const leave = observer.subscribe(() => isLeaving && list.set(2))
  const query = injectWith(db, () => injectQuery<Todo>(TODOS_OF_LIST, () => [list()]))
  await expect.poll(() => subscribers(db)).toEqual([2])
  await expect.poll(() => query.data()).toHaveLength(2)
  // The first of the three listeners leaves the list, the second is of the query, the third looks.
  const seen: unknown[] = []
  const look = observer.subscribe(() => seen.push(query.data()))

  isLeaving = true
  await db.run("insert into todo (list, title) values (1, 'salt')")

  expect(seen).toEqual([undefined])
  await expect.poll(() => titles(query.data())).toEqual(['paint'])
  leave()
  look()
})

test('shows its rows in a component that is OnPush, in an app without zones', async () => {
  const db = createTodos()
  const view = await renderWith(db, TodoList, [inputBinding('list', () => 1)])
  expect(view.container.textContent).toContain('loading')

  await expect.poll(() => view.queryByText('bread')).toBeVisible()
  await db.run("update todo set title = 'rye' where id = 2")
  await expect.poll(() => view.queryByText('rye')).toBeVisible()

  expect('Zone' in globalThis).toBe(false)
})

test('follows an input that is required', async () => {
  const db = await openTodos()
  const list = signal(1)
  const view = await renderWith(db, TodoList, [inputBinding('list', list)])
  await expect.poll(() => view.container.textContent).toBe('milkbread')

  list.set(2)

  await expect.poll(() => view.container.textContent).toBe('paint')
})

@Component({
  selector: 'two-lists',
  imports: [TodoList],
  template: `
    @if (isShown()) {
      <todo-list [list]="1" />
      <todo-list [list]="1" />
      <todo-list [list]="2" />
    }
  `,
})
class TwoLists {
  readonly isShown = input(true)
}

test('subscribes once for each component, and no more when that is gone', async () => {
  const db = await openTodos()
  const isShown = signal(true)
  const view = await renderWith(db, TwoLists, [inputBinding('isShown', isShown)])
  await expect.poll(() => subscribers(db)).toEqual([2, 1])

  isShown.set(false)
  await expect.poll(() => subscribers(db)).toEqual([])

  isShown.set(true)
  await expect.poll(() => subscribers(db)).toEqual([2, 1])

  view.fixture.destroy()
  await expect.poll(() => subscribers(db)).toEqual([])
})

test('works outside of an injection context with the option injector, for as long as that lives', async () => {
  const db = await openTodos()
  const parent = injectWith(db, () => inject(EnvironmentInjector))
  const injector = createEnvironmentInjector([], parent)

  const query = injectQuery<Todo>(TODOS, [], { injector })
  await expect.poll(() => query.data()).toHaveLength(3)

  injector.destroy()
  await expect.poll(() => subscribers(db)).toEqual([])
})

test('lives as long as a component whose injector it is given', async () => {
  const db = await openTodos()
  const view = await renderWith(db, TwoLists, [inputBinding('isShown', () => false)])
  const injector = view.fixture.componentRef.injector.get(Injector)

  const query = injectQuery<Todo>(TODOS, [], { injector })
  await expect.poll(() => query.data()).toHaveLength(3)

  view.fixture.destroy()
  await expect.poll(() => subscribers(db)).toEqual([])
})

test('is told to be called in an injection context otherwise', () => {
  expect(() => injectQuery(TODOS)).toThrow(/NG0203.*injectQuery/)
})

test('notifies nobody of a field that stays the same', async () => {
  const db = await openTodos()
  const witness = (): Mock<(value: unknown) => void> => vi.fn<(value: unknown) => void>()
  const seen = { data: witness(), isPending: witness(), error: witness() }
  const query = injectWith(db, () => {
    const todos = injectQuery<Todo>(TODOS)
    effect(() => seen.data(titles(todos.data())))
    effect(() => seen.isPending(todos.isPending()))
    effect(() => seen.error(todos.error()))
    return todos
  })
  await expect.poll(() => seen.data).toHaveBeenLastCalledWith(['milk', 'bread', 'paint'])

  await db.run('delete from todo where id = 1')
  await expect.poll(() => seen.data).toHaveBeenLastCalledWith(['bread', 'paint'])
  await query.refetch()
  await expect.poll(() => query.status()).toBe('resolved')

  expect(seen.data).toHaveBeenCalledTimes(3)
  expect(seen.isPending.mock.calls).toEqual([[true], [false]])
  expect(seen.error.mock.calls).toEqual([[undefined]])
})

test('select may read signals', async () => {
  const db = await openTodos()
  const filter = signal('milk')
  const query = injectWith(db, () =>
    injectQuery<Todo, number>(TODOS, [], {
      select: (todos) => todos.filter(({ title }) => title === filter()).length,
    }),
  )
  await expect.poll(() => query.data()).toBe(1)

  filter.set('nothing')

  expect(query.data()).toBe(0)
})

test('can be what another signal is computed of', async () => {
  const db = await openTodos()
  const total = injectWith(db, () => {
    const todos = injectQuery<Todo>(TODOS)
    return computed(() => todos.data()?.length ?? 0)
  })

  await expect.poll(() => total()).toBe(3)
})
