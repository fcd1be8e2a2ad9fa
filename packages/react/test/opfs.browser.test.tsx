import { act, screen, waitFor } from '@testing-library/react'
import { createDatabase, type Database } from '@datasync/engine'
import type { ReactNode } from 'react'
import { expect, onTestFinished, test } from 'vitest'
import { useDatabaseStatus, useMutation, useQuery } from '../src/index.ts'
import { renderWith, renderWithHook } from './support/render.tsx'

const migrations = ['create table note (id integer primary key, body text not null)']

test('what a mutation wrote is there when the app is opened again', async () => {
  const name = `react-${crypto.randomUUID()}`
  const open = (): Database => createDatabase(name, { storage: 'opfs', migrations })
  onTestFinished(() => open().delete())
  function Notes(): ReactNode {
    const { data = [] } = useQuery<{ id: number; body: string }>('select * from note order by id')
    const { phase, storage } = useDatabaseStatus()
    return (
      <>
        <output>{data.map((note) => note.body).join(' ')}</output>
        <p>{`${phase} on ${storage?.backend}`}</p>
      </>
    )
  }

  const first = open()
  const mutation = renderWithHook(first, () => useMutation('insert into note (body) values (?)'), undefined)
  const before = renderWith(first, <Notes />)
  await screen.findByText('open on opfs')
  await act(() => mutation.current().mutateAsync(['durable']))
  expect(screen.getByText('durable')).toBeTruthy()
  mutation.unmount()
  before.unmount()
  await first.close()

  const second = open()
  renderWith(second, <Notes />)
  await screen.findByText('durable')
  await screen.findByText('open on opfs')
})

test('live queries follow writes on disk, one render each', async () => {
  const db = createDatabase(`react-${crypto.randomUUID()}`, { storage: 'opfs', migrations })
  onTestFinished(() => db.delete())
  const view = renderWithHook(
    db,
    () => useQuery<{ total: number }>('select count(*) as total from note'),
    undefined,
  )
  await waitFor(() => expect(view.current().data).toEqual([{ total: 0 }]))
  const before = view.shown.length

  for (let total = 1; total <= 5; total += 1) {
    await act(() => db.run('insert into note (body) values (?)', [`note ${total}`]))
    expect(view.current().data).toEqual([{ total }])
  }

  expect(view.shown).toHaveLength(before + 5)
})
