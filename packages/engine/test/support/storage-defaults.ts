import type { OpenRequest } from '../../src/link/protocol.ts'

/** What a page sends along for a database of which it knows nothing, and of which nothing is asked. */
export const STORAGE_DEFAULTS: Pick<OpenRequest, 'remembered' | 'blocks'> = {
  remembered: undefined,
  blocks: { bridge: 'auto', checksum: 'xxhash64', perExtent: 8, mirrorLimit: 256 },
}
