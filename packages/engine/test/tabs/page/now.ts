/** Milliseconds by the clock that all pages of the machine share. */
export function now(): number {
  return performance.timeOrigin + performance.now()
}
