import { storeUnderTest } from './store-under-test.ts'

const isLong = import.meta.env.MODE === 'long'

/** How much a property test tries: in a normal run so many examples, in a long one (`pnpm test:long`) for so long. */
export function extent(
  numRuns: number,
  seconds: { readonly normal: number; readonly long: number },
): { readonly numRuns: number; readonly interruptAfterTimeLimit: number } {
  const { share } = storeUnderTest
  return isLong
    ? { numRuns: 1_000_000, interruptAfterTimeLimit: seconds.long * share * 1000 }
    : { numRuns: Math.ceil(numRuns * share), interruptAfterTimeLimit: seconds.normal * share * 1000 }
}
