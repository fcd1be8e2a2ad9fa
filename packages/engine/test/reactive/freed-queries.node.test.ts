import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, onTestFinished, test } from 'vitest'
import type { LiveUpdate } from '../../src/link/live-protocol.ts'
import type { LiveQueries, LiveQueryOwner } from '../../src/worker/reactive/live-queries.ts'
import { LiveStage } from '../support/live-stage.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

type Leave = (queries: LiveQueries, owner: LiveQueryOwner) => void

/** Has an owner come and go; what it leaves behind is only known to the garbage collector. */
async function comeAndGo(stage: LiveStage, leave: Leave): Promise<readonly WeakRef<object>[]> {
  const results: object[] = []
  const owner: LiveQueryOwner = {
    isInspecting: false,
    update: ({ patch }: LiveUpdate) => void results.push(patch?.fresh ?? {}),
  }
  stage.queries.add(owner, 1, { sql: 'select a from t', parameters: [] })
  await stage.settle()
  leave(stage.queries, owner)
  return [owner, ...results].map((object) => new WeakRef(object))
}

test.for<readonly [string, Leave]>([
  ['ends its only subscription', (queries, owner) => queries.remove(owner, 1)],
  ['ends all that it has', (queries, owner) => queries.removeAll(owner)],
])('nothing is kept of an owner that %s, nor of the result', async ([, leave]) => {
  const stage = await LiveStage.open('create table t (a); insert into t values (1)')
  onTestFinished(() => stage.close())
  const left = await comeAndGo(stage, leave)
  expect(left).toHaveLength(2)
  await expect
    .poll(() => {
      collectGarbage()
      return left.filter((reference) => reference.deref() !== undefined).length
    })
    .toBe(0)
})
