import { openTodos, titles, TODOS, type Todo } from '@datasync/conformance'
import { fireEvent, screen } from '@testing-library/svelte'
import { flushSync } from 'svelte'
import { expect, onTestFinished, test } from 'vitest'
import { createMutation } from '../src/index.ts'
import RenameForm from './components/rename-form.svelte'
import { eventually } from './support/eventually.ts'
import { renderProbe, renderWith } from './support/render.ts'

test('a form writes its state, and shows the state of its write', async () => {
  const db = await openTodos()
  renderWith(db, RenameForm, {})
  await screen.findByText('bread idle')

  await fireEvent.input(screen.getByLabelText('Title'), { target: { value: 'naan' } })
  await fireEvent.click(screen.getByRole('button'))

  await screen.findByText('naan success')
})

test('a function sees the state of the moment of the call', async () => {
  const db = await openTodos()
  let id = $state(1)
  const { value } = renderProbe(db, () => createMutation((database) => database.get('select ? as id', [id])))

  id = 2

  await expect(value.mutateAsync()).resolves.toEqual({ id: 2 })
})

test('an effect that reads the state runs for each step, through an error and back to idle', async () => {
  const db = await openTodos()
  const insert = createMutation("insert into todo (id, list, title) values (?, 1, 'x')", { database: db })
  const seen: unknown[] = []
  const stop = $effect.root(() => {
    $effect(() => void seen.push(insert.status))
  })
  onTestFinished(stop)
  flushSync()
  const { mutate, mutateAsync, reset } = insert

  mutate([1])
  await eventually(() => expect(insert.error).toMatchObject({ code: 'constraint' }))
  await expect(mutateAsync([2])).rejects.toMatchObject({ code: 'constraint' })
  await mutateAsync([4])
  flushSync()
  reset()
  flushSync()

  expect(seen).toEqual(['idle', 'pending', 'error', 'pending', 'error', 'pending', 'success', 'idle'])
})

test('its state can be read by nobody but its caller, and after the component is gone', async () => {
  const db = await openTodos()
  const { value, unmount } = renderProbe(db, () => createMutation('delete from todo where id = ?'))
  const deleted = value.mutateAsync([1])
  expect(value).toMatchObject({ status: 'pending', isPending: true })

  unmount()
  await deleted

  expect(value).toMatchObject({ status: 'success', data: { changes: 1 }, isPending: false })
  expect(titles(await db.query<Todo>(TODOS))).toEqual(['bread', 'paint'])
})

test('writes to the database of its option', async () => {
  const [provided, other] = [await openTodos(), await openTodos()]
  const { value } = renderProbe(provided, () => createMutation('delete from todo', { database: other }))

  await value.mutateAsync()

  expect(await other.query(TODOS)).toEqual([])
  expect(await provided.query(TODOS)).toHaveLength(3)
})
