import { sql, type RunResult, type SqlParameters } from '@datasync/engine'
import { screen, waitFor } from '@testing-library/vue'
import { h, KeepAlive, nextTick, ref, watch, type VNode } from 'vue'
import { expect, test } from 'vitest'
import { useMutation, useQuery, type MutationRefs } from '../src/index.ts'
import { renderWith, setUpWith } from './support/render.ts'
import { openTodos, titles, TODOS, type Todo } from '@datasync/conformance'

test('its fields are refs that change one by one, its functions need no this', async () => {
  const db = await openTodos()
  const { result } = setUpWith(db, () => useMutation('delete from todo where id = ?'))
  const { mutate, mutateAsync, reset, status, isPending, data, error } = result
  expect([status.value, isPending.value]).toEqual(['idle', false])

  mutate([1])
  await waitFor(() => expect([status.value, isPending.value]).toEqual(['success', false]))
  expect([data.value, error.value]).toMatchObject([{ changes: 1 }, undefined])

  await expect(mutateAsync([{} as string])).rejects.toMatchObject({ code: 'invalid-parameter' })
  expect([status.value, data.value]).toEqual(['error', undefined])
  expect(error.value).toMatchObject({ code: 'invalid-parameter' })
  reset()
  await waitFor(() => expect(status.value).toBe('idle'))
})

test('a call reads refs as they are when it is made', async () => {
  const db = await openTodos()
  const id = ref(1)
  const { result } = setUpWith(db, () =>
    useMutation((database) => database.run(sql`delete from todo where id = ${id.value}`)),
  )

  id.value = 3
  await result.mutateAsync()

  expect(titles(await db.query<Todo>(TODOS))).toEqual(['milk', 'bread'])
})

test('its write is on the page one tick after mutateAsync resolves', async () => {
  const db = await openTodos()
  const texts: (string | null)[] = []
  renderWith(db, {
    setup: () => {
      const { data } = useQuery<Todo>(TODOS)
      const { mutateAsync, isPending } = useMutation('delete from todo where id = ?')
      const onClick = async (): Promise<void> => {
        await mutateAsync([1])
        expect(titles(data.value)).toEqual(['bread', 'paint'])
        await nextTick()
        texts.push(screen.getByRole('status').textContent)
      }
      return (): VNode[] => [
        h('output', titles(data.value)?.join(' ')),
        h('button', { onClick, disabled: isPending.value }, 'Remove'),
      ]
    },
  })
  await screen.findByText('milk bread paint')

  screen.getByRole('button').click()

  await waitFor(() => expect(texts).toEqual(['bread paint']))
})

test('writes to the database of its option', async () => {
  const [provided, other] = [await openTodos(), await openTodos()]
  const { result } = setUpWith(provided, () => useMutation('delete from todo', { database: other }))

  await result.mutateAsync()

  expect(await other.query(TODOS)).toEqual([])
  expect(await provided.query(TODOS)).toHaveLength(3)
})

test('its state is that of the call when its component was put away or is gone meanwhile', async () => {
  const db = await openTodos()
  const isShown = ref(true)
  const made: MutationRefs<SqlParameters | void, RunResult>[] = []
  const Writer = {
    setup: () => {
      made.push(useMutation('delete from todo where id = ?'))
      return () => null
    },
  }
  const view = renderWith(db, () => h(KeepAlive, () => (isShown.value ? h(Writer) : h('p', 'elsewhere'))))
  const [mutation] = made
  const states: unknown[] = []
  const stop = watch(
    () => mutation?.status.value,
    (status) => states.push(status),
    { flush: 'sync' },
  )

  const first = mutation?.mutateAsync([1])
  isShown.value = false
  await screen.findByText('elsewhere')
  await first
  expect(mutation?.status.value).toBe('success')

  const second = mutation?.mutateAsync([{} as string])
  view.unmount()
  await expect(second).rejects.toMatchObject({ code: 'invalid-parameter' })
  expect(mutation?.status.value).toBe('error')
  expect(states).toEqual(['pending', 'success', 'pending', 'error'])
  stop()
})
