import { join } from 'node:path'
import type { UserWorkspaceConfig } from 'vitest/config'
import { TEST_LIMITS } from './test-limits.ts'

/** The folders of tests that a store can make a difference to. */
export const EVERY_PART: readonly string[] = ['page', 'reactive', 'worker']

/** Tests that know of no store, or of one of their own: on another, they would only be run again. */
const STORELESS = [
  'page/{testing,workers,patch,query-key,query-reader,query-result,sql,follow-results,load-grace}',
  'worker/{task,turn-queue,suspended,waiting-flush,faults,sqlite-facts}',
  // Counts how often files in memory are made durable.
  'worker/flushing',
  'reactive/{differ,join-columns,relevance-index,causes,live-rows-properties}',
]

/**
 * The tests of the engine again, with their databases in IndexedDB: that of fake-indexeddb, in Node, which
 * can suspend WebAssembly as well.
 */
export function indexedDbProject(bridge: 'jspi' | 'mirror', parts: readonly string[]): UserWorkspaceConfig {
  const root = join(import.meta.dirname, '../packages/engine')
  return {
    root,
    test: {
      name: `node ${bridge}`,
      include: parts.map((part) => `test/${part}/*.test.ts`),
      exclude: [
        ...STORELESS.map((name) => `test/${name}.test.ts`),
        'test/**/*.node.test.ts',
        '**/*.browser.test.*',
        '**/*.isolated.test.*',
      ],
      setupFiles: join(root, 'test/support/on-indexeddb.ts'),
      provide: { bridge },
      ...TEST_LIMITS,
    },
  }
}
