import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { sql } from '@datasync/engine'
import { StrictMode, useEffect, type ReactNode } from 'react'
import { expect, test } from 'vitest'
import { useMutation, useQuery } from '../src/index.ts'
import { renderWith, renderWithHook } from './support/render.tsx'
import { openTodos, titles, TODOS, type Todo } from '@datasync/conformance'

test('runs a statement with the parameters of the call, through every state', async () => {
  const db = await openTodos()
  const view = renderWithHook(
    db,
    () => useMutation('update todo set title = :title where id = :id'),
    undefined,
  )
  expect(view.current()).toMatchObject({
    status: 'idle',
    data: undefined,
    error: undefined,
    isPending: false,
  })

  act(() => view.current().mutate({ id: 2, title: 'rye' }))
  expect(view.current()).toMatchObject({ status: 'pending', isPending: true })
  await waitFor(() => expect(view.current().status).toBe('success'))

  expect(view.current()).toMatchObject({ data: { changes: 1 }, error: undefined, isPending: false })
  expect(titles(await db.query<Todo>(TODOS))).toEqual(['milk', 'rye', 'paint'])
  act(() => view.current().reset())
  expect(view.current()).toMatchObject({ status: 'idle', data: undefined })
})

test('runs a statement that carries its parameters', async () => {
  const db = await openTodos()
  const view = renderWithHook(db, ({ id }) => useMutation(sql`delete from todo where id = ${id}`), { id: 1 })

  await act(() => view.current().mutateAsync())
  view.rerender({ id: 3 })
  await act(() => view.current().mutateAsync())

  expect(titles(await db.query<Todo>(TODOS))).toEqual(['bread'])
})

test('calls a function with the database and the variables, and has what it returns', async () => {
  const db = await openTodos()
  const view = renderWithHook(
    db,
    () =>
      useMutation((database, names: readonly string[]) =>
        database.transaction(async (tx) => {
          for (const title of names) await tx.run('insert into todo (list, title) values (9, ?)', [title])
          return names.length
        }),
      ),
    undefined,
  )

  const settled = act(() => view.current().mutateAsync(['salt', 'pepper']))

  await expect(settled).resolves.toBe(2)
  expect(view.current()).toMatchObject({ status: 'success', data: 2 })
  expect(await db.query('select title from todo where list = 9')).toEqual([
    { title: 'salt' },
    { title: 'pepper' },
  ])
})

test('a call sees what was rendered last, though mutate stays the same function', async () => {
  const db = await openTodos()
  const view = renderWithHook(
    db,
    ({ id }) => useMutation((database) => database.get('select ? as id', [id])),
    { id: 1 },
  )
  const { mutate, mutateAsync, reset } = view.current()

  view.rerender({ id: 2 })

  await expect(act(() => mutateAsync())).resolves.toEqual({ id: 2 })
  expect(view.current()).toMatchObject({ mutate, mutateAsync, reset })
})

test('can be called by an effect without a loop', async () => {
  const db = await openTodos()
  function Visit(): ReactNode {
    const { mutate, status } = useMutation((database) =>
      database.run("insert into todo (list, title) values (7, 'seen')"),
    )
    useEffect(() => mutate(), [mutate])
    return <output>{status}</output>
  }
  renderWith(db, <Visit />)

  await screen.findByText('success')

  expect(await db.get('select count(*) as seen from todo where list = 7')).toEqual({ seen: 1 })
})

test('has the error in its state; mutate throws nothing, mutateAsync rejects', async () => {
  const db = await openTodos()
  const view = renderWithHook(
    db,
    () => useMutation("insert into todo (id, list, title) values (?, 1, 'x')"),
    undefined,
  )

  act(() => view.current().mutate([1]))
  await waitFor(() => expect(view.current().status).toBe('error'))
  expect(view.current()).toMatchObject({ data: undefined, error: { code: 'constraint' }, isPending: false })

  await act(() => expect(view.current().mutateAsync([2])).rejects.toMatchObject({ code: 'constraint' }))

  await act(() => view.current().mutateAsync([4]))
  expect(view.current()).toMatchObject({ status: 'success', error: undefined })
})

test('a function that throws before it returns a promise is an error like any other', async () => {
  const db = await openTodos()
  const view = renderWithHook(
    db,
    () =>
      useMutation((): Promise<void> => {
        throw new Error('at once')
      }),
    undefined,
  )

  act(() => view.current().mutate())

  await waitFor(() => expect(view.current().error).toEqual(new Error('at once')))
})

test('the latest call decides the state, and every call settles as its own', async () => {
  const db = await openTodos()
  const first = createGate<string>()
  const second = createGate<string>()
  const view = renderWithHook(db, () => useMutation((_, answer: Promise<string>) => answer), undefined)
  const outcomes: Promise<string>[] = []
  act(() => {
    outcomes.push(view.current().mutateAsync(first.promise), view.current().mutateAsync(second.promise))
  })

  await act(async () => second.resolve('second'))
  expect(view.current()).toMatchObject({ status: 'success', data: 'second' })
  await act(async () => first.reject(new Error('first')))

  expect(view.current()).toMatchObject({ status: 'success', data: 'second', error: undefined })
  await expect(outcomes[0]).rejects.toThrow('first')
  await expect(outcomes[1]).resolves.toBe('second')
})

test('reset lets calls under way go on, without a say in the state', async () => {
  const db = await openTodos()
  const view = renderWithHook(db, () => useMutation('delete from todo where id = ?'), undefined)
  const deleted: Promise<unknown>[] = []

  act(() => {
    deleted.push(view.current().mutateAsync([1]))
    view.current().reset()
  })
  await act(() => Promise.all(deleted))

  expect(view.current().status).toBe('idle')
  expect(await db.query(TODOS)).toHaveLength(2)
})

test('goes on after the component is gone', async () => {
  const db = await openTodos()
  const view = renderWithHook(db, () => useMutation('delete from todo where id = ?'), undefined)
  const { mutateAsync } = view.current()

  const deleted = mutateAsync([1])
  view.unmount()

  await expect(deleted).resolves.toMatchObject({ changes: 1 })
  await expect(mutateAsync([2])).resolves.toMatchObject({ changes: 1 })
})

test('its write is on screen when mutateAsync resolves, under StrictMode as well', async () => {
  const db = await openTodos()
  const screens: string[] = []
  function App(): ReactNode {
    const { data = [] } = useQuery<Todo>(TODOS)
    const remove = useMutation('delete from todo where id = ?')
    const onClick = async () => {
      await remove.mutateAsync([1])
      screens.push(document.querySelector('output')?.textContent ?? '')
    }
    return (
      <>
        <output>{data.map((todo) => todo.title).join(' ')}</output>
        <button type="button" onClick={() => void onClick()}>
          Remove
        </button>
      </>
    )
  }
  renderWith(
    db,
    <StrictMode>
      <App />
    </StrictMode>,
  )
  await screen.findByText('milk bread paint')

  fireEvent.click(screen.getByRole('button'))

  await waitFor(() => expect(screens).toEqual(['bread paint']))
})

test('writes to the database of its option', async () => {
  const [provided, other] = [await openTodos(), await openTodos()]
  const view = renderWithHook(provided, () => useMutation('delete from todo', { database: other }), undefined)

  await act(() => view.current().mutateAsync())

  expect(await other.query(TODOS)).toEqual([])
  expect(await provided.query(TODOS)).toHaveLength(3)
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
