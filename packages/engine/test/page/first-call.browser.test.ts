import { createDatabase } from '@datasync/engine'
import { expect, onTestFinished, test } from 'vitest'

interface Posted {
  readonly requests: readonly { readonly type: string }[]
}

test('the first call goes with the request that shares the engine, and does not wait for its answer', async () => {
  const posted: (readonly string[])[] = []
  const db = createDatabase(`first-call-${crypto.randomUUID()}`, {
    storage: 'opfs',
    worker: () => {
      const worker = new Worker(new URL('../../dist/worker.js', import.meta.url), { type: 'module' })
      const post = worker.postMessage.bind(worker)
      worker.postMessage = (message: Posted, ...rest: readonly unknown[]) => {
        posted.push(message.requests.map(({ type }) => type))
        post(message, ...(rest as [StructuredSerializeOptions]))
      }
      return worker
    },
  })
  onTestFinished(() => db.delete())
  expect(await db.get('select 1 as one')).toEqual({ one: 1 })
  expect(posted.slice(0, 2)).toEqual([['open'], ['host', 'statement']])
})
