import fc from 'fast-check'
import { expect, test } from 'vitest'
import { extent as effort } from '../../support/extent.ts'
import { imageOf } from './indexeddb-image.ts'
import { openStoredFiles } from './open-stored-files.ts'
import { RecordedWrites } from './recorded-writes.ts'
import { contentOf, runWorkload } from './run-workload.ts'
import { useFakeIndexedDb } from './use-fake-indexeddb.ts'
import { anySetup, anyStep } from './workload.ts'

useFakeIndexedDb()

/** So that many commits are stored in parts. */
const limits = { largeCommit: 100_000, part: 40_000 }

test('whatever a crash leaves of the writes, all that was acknowledged is found, and nothing is half there', async () => {
  let names = 0
  let images = 0
  const anyPlan = fc.tuple(fc.constantFrom(1, 8, 14), anySetup, fc.array(anyStep, { maxLength: 25 }))
  await fc.assert(
    fc.asyncProperty(anyPlan, async ([blocksPerExtent, setup, steps]) => {
      const recorded = new RecordedWrites()
      const states = ['[]']
      /** After so many transactions, this state was acknowledged, and no commit after the other had begun. */
      const acknowledged: { readonly count: number; readonly state: number }[] = []
      const files = await openStoredFiles(`original ${++names}`, { blocksPerExtent, limits })
      await runWorkload(files, setup, steps, {
        states,
        onFlushed: async (state) => void acknowledged.push({ count: recorded.count, state }),
      })
      recorded.stop()
      for (let count = 0; count <= recorded.count; count++) {
        const name = `crash ${++names}`
        await recorded.replay(name, count)
        const opened = await openStoredFiles(name, { limits })
        await expectTidy(name, Math.ceil(opened.main.size() / 4096 / blocksPerExtent))
        const content = contentOf(opened)
        const least = acknowledged.findLast((flush) => flush.count <= count)?.state ?? 0
        expect(states.slice(least).includes(content), `after ${count} transactions`).toBe(true)
        images++
      }
    }),
    effort(12, { normal: 8, long: 120 }),
  )
  expect(images).toBeGreaterThan(50)
}, 300_000)

/** Nothing is left that no one will read again. */
async function expectTidy(name: string, extentCount: number): Promise<void> {
  const image = await imageOf(name)
  expect(image.get('staged')).toEqual([])
  const extents = image.get('extents')?.map(([number]) => number)
  expect(extents).toEqual(Array.from({ length: extentCount }, (_, index) => index))
}
