import { expect, test } from 'vitest'
import { openTodos } from './open-test-database.ts'

// Of the engines of JavaScript, V8 alone follows a stack over an `await`.

test('an error shows in its stack who called', async () => {
  const db = await openTodos()
  const bad = 'select milk'
  const calls = [
    async function callQuery() {
      return await db.query(bad)
    },
    async function callGet() {
      return await db.get(bad)
    },
    async function callRun() {
      return await db.run(bad)
    },
    async function callExec() {
      return await db.exec(bad)
    },
    async function callExecute() {
      return await db.execute(bad)
    },
    async function callBatch() {
      return await db.batch([bad])
    },
  ]

  for (const call of calls) {
    const error: unknown = await call().catch((reason: unknown) => reason)
    expect((error as Error).stack).toContain(call.name)
  }
})
