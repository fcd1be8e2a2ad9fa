import { server } from 'vitest/browser'
import { byMode } from '../support/by-mode.ts'
import { testKills } from './kills.ts'
import { testLargeCommitKills } from './large-commit-kills.ts'

const isChromium = server.browser === 'chromium'

// A page may be isolated and share no memory all the same.
if (typeof SharedArrayBuffer === 'function') {
  const rounds = byMode({ normal: isChromium ? 50 : 20, long: 1000 })
  testKills({ storage: 'indexeddb', bridge: 'sab' }, rounds)
  testLargeCommitKills('sab', byMode({ normal: isChromium ? 5 : 2, long: 200 }))
}
