import { createTodos, openTodos } from '@datasync/conformance'
import { screen } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import { createDatabaseStatus } from '../src/index.ts'
import { renderProbe } from './support/render.ts'

test('follows the database from its opening to its end, and does not open it', async () => {
  const db = createTodos()
  const { value } = renderProbe(
    db,
    () => createDatabaseStatus(),
    ({ phase, storage }) => `${phase} ${storage?.backend} ${storage?.durable}`,
  )
  await screen.findByText('idle undefined undefined')
  expect(value).toEqual(db.status.getSnapshot())

  await db.ready
  await screen.findByText('open memory false')
  expect(value).toEqual(db.status.getSnapshot())

  await db.close()
  await screen.findByText(/^closed/)
})

test('follows the database of its option rather than that of the provider', async () => {
  const other = await openTodos()
  renderProbe(
    createTodos(),
    () => createDatabaseStatus({ database: other }),
    ({ phase }) => phase,
  )

  await screen.findByText('open')
})
