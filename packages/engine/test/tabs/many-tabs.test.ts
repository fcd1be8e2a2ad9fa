import { describe, test } from 'vitest'
import { byMode } from '../support/by-mode.ts'
import { playTabs } from './run/play-tabs.ts'

describe.each(['opfs', 'indexeddb'] as const)('many tabs share a database in %s', (storage) => {
  test(
    'as if there were one, whatever happens to them: nothing is lost, applied twice or left pending',
    { timeout: 1_800_000 },
    () => playTabs({ browser: 'chromium', storage, count: byMode({ normal: 80, long: 1000 }) }),
  )
})
