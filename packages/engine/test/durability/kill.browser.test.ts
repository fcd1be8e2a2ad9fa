import { server } from 'vitest/browser'
import { byMode } from '../support/by-mode.ts'
import { testKills } from './kills.ts'
import { testLargeCommitKills } from './large-commit-kills.ts'

/** Fewer in Firefox, where a worker with a database takes a third of a second to start. */
const isChromium = server.browser === 'chromium'

testKills({ storage: 'opfs' }, byMode({ normal: isChromium ? 100 : 20, long: 1000 }))
for (const bridge of 'Suspending' in WebAssembly ? (['mirror', 'jspi'] as const) : (['mirror'] as const)) {
  testKills({ storage: 'indexeddb', bridge }, byMode({ normal: isChromium ? 50 : 20, long: 1000 }))
  testLargeCommitKills(bridge, byMode({ normal: isChromium ? 5 : 2, long: 200 }))
}
