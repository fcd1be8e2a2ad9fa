/** What of the header changes with every transaction: the counter of changes, the size, the free pages. */
const CHANGING = [24, 40] as const

/** Tells two states of a database apart, by its first bytes and by the sizes of its files. */
export function fileState(head: Uint8Array, sizes: readonly number[]): string {
  const changing = Array.from(head.subarray(...CHANGING), (byte) => byte.toString(16).padStart(2, '0'))
  return `${sizes.join('+')}:${changing.join('')}`
}
