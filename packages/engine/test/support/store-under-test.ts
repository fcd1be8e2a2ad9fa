import type { EngineHost } from '../../src/worker/engine-host.ts'
import { memoryStore } from '../../src/worker/storage/memory-store.ts'

interface StoreUnderTest {
  choose: EngineHost['chooseStore']
  /** How much of their random input property tests try on it. */
  share: number
}

/**
 * Where the databases of those tests are kept which do not choose it themselves: in memory, unless the
 * project that runs them has set another store before.
 */
export const storeUnderTest: StoreUnderTest = { choose: async () => memoryStore(), share: 1 }
