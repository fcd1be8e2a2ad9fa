import { describe, test } from 'vitest'
import { byMode } from '../support/by-mode.ts'
import { playTabs } from './run/play-tabs.ts'

/** What Firefox cannot be told to do. */
const WITHOUT = ['freeze', 'unfreeze'] as const

describe.each(['opfs', 'indexeddb'] as const)('many tabs of Firefox share a database in %s', (storage) => {
  test(
    'as if there were one, whatever happens to them: nothing is lost, applied twice or left pending',
    { timeout: 1_800_000 },
    () =>
      playTabs({ browser: 'firefox', storage, count: byMode({ normal: 40, long: 400 }), without: WITHOUT }),
  )
})
