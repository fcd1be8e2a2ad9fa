import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { sql } from '@datasync/engine'
import { StrictMode, useEffect, type ReactNode } from 'react'
import { expect, test } from 'vitest'
import { useMutation, useQuery } from '../src/index.ts'
import { renderWith, renderWithHook } from './support/render.tsx'
import { openTodos, titles, TODOS, type Todo } from '@datasync/conformance'

test('runs a statement that carries its parameters', async () => {
  const db = await openTodos()
  const view = renderWithHook(db, ({ id }) => useMutation(sql`delete from todo where id = ${id}`), { id: 1 })

  await act(() => view.current().mutateAsync())
  view.rerender({ id: 3 })
  await act(() => view.current().mutateAsync())

  expect(titles(await db.query<Todo>(TODOS))).toEqual(['bread'])
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
