import { expect, test } from 'vitest'
import type { VerifyExtent } from '../../src/link/damage-report.ts'
import { createWithWorkers } from '../page/in-process-worker.ts'

const migrations = ['create table t (a)']

test.each([
  [undefined],
  [null],
  ['full'],
  [{}],
  [{ full: false }],
  [{ full: 1 }],
  [{ sample: 0 }],
  [{ sample: '3' }],
])('a check says what it takes, and works afterwards: %j', async (extent) => {
  const { db } = createWithWorkers({ migrations })
  await expect(db.verify(extent as unknown as VerifyExtent)).rejects.toMatchObject({
    code: 'invalid-argument',
    message: expect.stringContaining('{ full: true }'),
  })
  expect(await db.verify({ full: true })).toMatchObject({ ok: true })
})

test.each([
  [{ full: false, sample: 3 }, { sample: 3 }],
  [{ full: true, sample: 3, why: () => 'a function cannot be sent' }, { full: true }],
] as const)('a check asks for what it was understood as, and nothing else: %j', async (extent, payload) => {
  const { db, newest } = createWithWorkers({ migrations })
  await db.verify(extent)
  expect(newest().requests.at(-1)).toMatchObject({ type: 'verify', payload })
  expect(newest().requests.at(-1)?.payload).toEqual(payload)
})
