import type { StorageChoice } from '../../src/link/protocol.ts'

/** The stores of a browser that the sample is run on. */
export const BROWSER_STORES: readonly StorageChoice[] = ['opfs', 'indexeddb']
