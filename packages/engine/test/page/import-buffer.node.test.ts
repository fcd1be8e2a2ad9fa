import { expect, test } from 'vitest'
import { openTestDatabase, openTodos, TODOS, titles, type Todo } from './open-test-database.ts'

test('an import leaves a Buffer of Node, a slice of which is no copy, as it was', async () => {
  const source = await openTodos()
  const bytes = Buffer.from(await (await source.export()).arrayBuffer())
  const { length } = bytes
  const db = await openTestDatabase()

  await db.import(bytes)

  expect(titles(await db.query<Todo>(TODOS))).toEqual(['milk', 'bread', 'paint'])
  expect(bytes).toHaveLength(length)
})
