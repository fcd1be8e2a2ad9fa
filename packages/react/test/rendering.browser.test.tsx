import { act, screen, waitFor } from '@testing-library/react'
import { memo, useEffect, type ReactNode } from 'react'
import { expect, test } from 'vitest'
import { useQuery } from '../src/index.ts'
import { renderWith, renderWithHook } from './support/render.tsx'
import { liveParameters, openTodos, totalRuns, TODOS, TODOS_OF_LIST, type Todo } from '@datasync/conformance'

function Titles(): ReactNode {
  const { data = [] } = useQuery<Todo>(TODOS)
  return <output>{data.map((todo) => todo.title).join(' ')}</output>
}

test('a change of one row keeps every other row, and renders only what shows that row', async () => {
  const db = await openTodos()
  const rendered: string[] = []
  const Item = memo(({ todo }: { readonly todo: Todo }) => {
    useEffect(() => {
      rendered.push(todo.title)
    })
    return <li>{todo.title}</li>
  })
  function List(): ReactNode {
    const { data = [] } = useQuery<Todo>(TODOS)
    return (
      <ul>
        {data.map((todo) => (
          <Item key={todo.id} todo={todo} />
        ))}
      </ul>
    )
  }
  renderWith(db, <List />)
  await screen.findByText('paint')
  expect(rendered).toEqual(['milk', 'bread', 'paint'])

  await act(() => db.run("update todo set title = 'rye' where id = 2"))
  expect(rendered.splice(0)).toEqual(['milk', 'bread', 'paint', 'rye'])

  await act(() => db.run("insert into todo (id, list, title) values (0, 1, 'first')"))
  expect(rendered.splice(0)).toEqual(['first'])

  await act(() => db.run('delete from todo where id = 1'))
  expect(rendered).toEqual([])
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['first', 'rye', 'paint'])
})

test('a write is on screen when its promise resolves', async () => {
  const db = await openTodos()
  renderWith(db, <Titles />)
  await screen.findByText('milk bread paint')

  await db.run("update todo set title = 'rye' where id = 2")
  expect(screen.getByRole('status').textContent).toBe('milk rye paint')

  await db.transaction(async (tx) => {
    await tx.run('delete from todo where id = 1')
    await tx.run("update todo set title = 'glue' where id = 3")
  })
  expect(screen.getByRole('status').textContent).toBe('rye glue')

  await db.batch(['delete from todo where id = 2', 'delete from todo where id = 3'])
  expect(screen.getByRole('status').textContent).toBe('')
})

test('two queries never show two moments', async () => {
  const db = await openTodos()
  await db.exec(
    'create table account (id integer primary key, balance integer); insert into account values (1, 50), (2, 50)',
  )
  function Balance({ id }: { readonly id: number }): ReactNode {
    const { data } = useQuery<{ balance: number }>('select balance from account where id = ?', [id])
    return <output aria-label={`account ${id}`}>{data?.[0]?.balance}</output>
  }
  const { container } = renderWith(
    db,
    <>
      <Balance id={1} />
      <Balance id={2} />
    </>,
  )
  await waitFor(() => expect(container.textContent).toBe('5050'))
  const sums: number[] = []
  const observer = new MutationObserver(() => {
    const balances = screen.getAllByRole('status').map((account) => Number(account.textContent))
    sums.push(balances.reduce((sum, balance) => sum + balance, 0))
  })
  observer.observe(container, { subtree: true, childList: true, characterData: true })

  const transfer = (amount: number) =>
    db.transaction(async (tx) => {
      await tx.run('update account set balance = balance - ? where id = 1', [amount])
      await tx.run('update account set balance = balance + ? where id = 2', [amount])
    })
  await Promise.all(Array.from({ length: 20 }, (_, index) => transfer(index - 7)))
  await waitFor(() => expect(screen.getByLabelText('account 1').textContent).toBe('0'))
  observer.disconnect()

  expect(sums.length).toBeGreaterThan(0)
  expect(new Set(sums)).toEqual(new Set([100]))
})

test('a parent that renders again renders once what it asks with arrays and objects written inline', async () => {
  const db = await openTodos()
  const view = renderWithHook(
    db,
    () => [
      useQuery<Todo>(TODOS_OF_LIST, [1]),
      useQuery<Todo>('select * from todo where list = :list and done = :done', { list: 1, done: false }),
      useQuery<Todo>({ sql: TODOS_OF_LIST, parameters: [2] }, undefined, {
        select: (rows) => rows.slice(0, 1),
      }),
    ],
    undefined,
  )
  await waitFor(() => expect(view.current().map(({ data }) => data?.length)).toEqual([2, 2, 1]))
  const before = view.shown.length

  for (let render = 0; render < 3; render += 1) view.rerender(undefined)

  expect(view.shown).toHaveLength(before + 3)
  expect(liveParameters(db)).toHaveLength(3)
  expect(totalRuns(db)).toBe(3)
})

test('a refetch says that it is under way, and is the same function before and after', async () => {
  const db = await openTodos()
  const view = renderWithHook(db, () => useQuery<{ at: number }>('select random() as at'), undefined)
  await waitFor(() => expect(view.current().status).toBe('success'))
  const { data, refetch } = view.current()

  const refetched = refetch()
  await waitFor(() =>
    expect(view.shown.some((result) => result.isFetching && result.data === data)).toBe(true),
  )
  await refetched

  await waitFor(() => expect(view.current().isFetching).toBe(false))
  expect(view.current().data).not.toEqual(data)
  expect(view.current().refetch).toBe(refetch)
})
