import { act, screen, waitFor } from '@testing-library/react'
import { memo, useEffect, type ReactNode } from 'react'
import { expect, test } from 'vitest'
import { useQuery } from '../src/index.ts'
import { renderWith, renderWithHook } from './support/render.tsx'
import { openTodos, titles, TODOS, TODOS_OF_LIST, type Todo } from '@datasync/conformance'

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

test('a commit that leaves the result as it was renders nothing', async () => {
  const db = await openTodos()
  const view = renderWithHook(db, () => useQuery<Todo>(TODOS_OF_LIST, [1]), undefined)
  await waitFor(() => expect(view.current().data).toHaveLength(2))
  const before = view.shown.length

  await act(() => db.run('update todo set title = title'))
  await act(() => db.run("update todo set title = 'glue' where id = 3"))
  await act(() => db.exec('create table other (id integer)'))
  expect(view.shown).toHaveLength(before)

  await act(() => db.run("update todo set title = 'rye' where id = 2"))
  expect(view.shown).toHaveLength(before + 1)
})

test('what is rolled back renders nothing', async () => {
  const db = await openTodos()
  const view = renderWithHook(db, () => useQuery<Todo>(TODOS), undefined)
  await waitFor(() => expect(view.current().data).toHaveLength(3))
  const before = view.shown.length

  const failed = db.transaction(async (tx) => {
    await tx.run('delete from todo')
    expect(await tx.query(TODOS)).toEqual([])
    throw new Error('changed my mind')
  })
  await act(() => expect(failed).rejects.toThrow('changed my mind'))

  await act(() => db.run("update todo set title = 'rye' where id = 2"))
  expect(view.shown).toHaveLength(before + 1)
  expect(titles(view.current().data)).toEqual(['milk', 'rye', 'paint'])
})

test('one write of 100,000 rows renders once', async () => {
  const db = await openTodos()
  const view = renderWithHook(db, () => useQuery<Todo>(TODOS), undefined)
  await waitFor(() => expect(view.current().data).toHaveLength(3))
  const before = view.shown.length

  await act(() =>
    db.run(`insert into todo (list, title)
      with recursive n (i) as (select 1 union all select i + 1 from n where i < 100000)
      select 3, 'todo ' || i from n`),
  )

  expect(view.current().data).toHaveLength(100_003)
  expect(view.shown).toHaveLength(before + 1)
})

test('writes made at once render at most once for each delivery', async () => {
  const db = await openTodos()
  const view = renderWithHook(db, () => useQuery<Todo>(TODOS), undefined)
  await waitFor(() => expect(view.current().data).toHaveLength(3))
  const before = view.shown.length

  const insert = "insert into todo (list, title) values (3, 'one of many')"
  await act(() => Promise.all(Array.from({ length: 100 }, () => db.run(insert))))

  expect(view.current().data).toHaveLength(103)
  expect(view.shown.length - before).toBeLessThan(100)
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
