import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BlockCache } from '../../../src/worker/storage/indexeddb/block-cache.ts'
import { extent } from '../../support/extent.ts'
import { MapSource } from './map-source.ts'
import { openFilesOf } from './open-stored-files.ts'
import { contentOf, runWorkload } from './run-workload.ts'
import { anySetup, anyStep } from './workload.ts'

test.each([
  [1, 64 * 1024],
  [8, 64 * 1024],
  [8, Infinity],
  [14, 8 * 1024],
])(
  'with %i blocks an extent and a cache of %d bytes, every flush is found again, and snapshots stay as they were',
  async (blocksPerExtent, cacheBytes) => {
    await fc.assert(
      fc.asyncProperty(anySetup, fc.array(anyStep, { maxLength: 40 }), async (setup, steps) => {
        const source = new MapSource()
        const files = await openFilesOf(source, { blocksPerExtent, cache: new BlockCache(cacheBytes) })
        const states: string[] = []
        await runWorkload(files, setup, steps, {
          states,
          onFlushed: async (state, isVerified) => {
            if (!isVerified) return
            const copy = await openFilesOf(source.copy())
            expect(contentOf(copy) === states[state], 'what was flushed is found again').toBe(true)
          },
        })
      }),
      extent(150, { normal: 3, long: 60 }),
    )
  },
  300_000,
)
