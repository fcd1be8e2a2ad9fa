const isLong = import.meta.env.MODE === 'long'

/** How much a property test tries: in a normal run so many examples, in a long one (`pnpm test:long`) for so long. */
export function extent(
  numRuns: number,
  seconds: { readonly normal: number; readonly long: number },
): { readonly numRuns: number; readonly interruptAfterTimeLimit: number } {
  return isLong
    ? { numRuns: 1_000_000, interruptAfterTimeLimit: seconds.long * 1000 }
    : { numRuns, interruptAfterTimeLimit: seconds.normal * 1000 }
}
