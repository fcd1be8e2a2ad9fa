import type { OpenRequest } from '../../src/link/protocol.ts'

/** What a page sends to open a database of which it knows nothing, and of which it asks nothing. */
export const OPEN_DEFAULTS: OpenRequest = {
  name: 'test',
  storage: 'memory',
  durability: 'strict',
  sync: {
    interval: 1000,
    debounce: undefined,
    maxDirtyBlocks: undefined,
    maxDirtyBytes: 16 * 1024 * 1024,
    verifyAfterWrite: false,
  },
  cacheSize: 2048,
  autoVacuum: 'none',
  client: 'test',
  lock: 'hurry',
  migrations: 0,
  wasmUrl: undefined,
  interrupt: undefined,
  remembered: undefined,
  checkAtOpen: 'none',
  blocks: { bridge: 'auto', checksum: 'xxhash64', perExtent: 4, mirrorLimit: 256 },
}
