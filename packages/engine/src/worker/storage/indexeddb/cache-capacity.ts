import type { CacheBounds } from './cache-tuner.ts'

const MEBIBYTE = 1024 * 1024
/** What even the smallest device can spare, and what more than this would hardly help. */
const SMALLEST = 4 * MEBIBYTE
const LARGEST = 64 * MEBIBYTE
/** Gibibytes of memory, where the browser does not tell. */
const TYPICAL_MEMORY = 4

/**
 * How many bytes of a database of `size` bytes to keep in memory: at first a quarter of it, and always within
 * what the device has.
 */
export function cacheBounds(size: number): CacheBounds {
  const ceiling = Math.max(SMALLEST, Math.min(deviceMemory() * 8 * MEBIBYTE, LARGEST))
  return { floor: SMALLEST, initial: Math.max(SMALLEST, Math.min(size / 4, ceiling)), ceiling }
}

function deviceMemory(): number {
  const { navigator } = globalThis
  return 'deviceMemory' in navigator && typeof navigator.deviceMemory === 'number'
    ? navigator.deviceMemory
    : TYPICAL_MEMORY
}
