import { server } from 'vitest/browser'
import { byMode } from '../support/by-mode.ts'
import { testKills } from './kills.ts'
import { testLargeCommitKills } from './large-commit-kills.ts'

/** Fewer in Firefox, where a worker with a database takes a third of a second to start. */
const isChromium = server.browser === 'chromium'

const rounds = byMode({ normal: isChromium ? 50 : 20, long: 1000 })

testKills({ storage: 'opfs' }, rounds)
for (const bridge of 'Suspending' in WebAssembly ? (['mirror', 'jspi'] as const) : (['mirror'] as const)) {
  testKills({ storage: 'indexeddb', bridge }, rounds)
  testLargeCommitKills(bridge, byMode({ normal: isChromium ? 5 : 2, long: 200 }))
}
