/** Milliseconds on a clock that all pages of a browser share: that of a page alone begins with the page. */
export function sharedNow(): number {
  return performance.timeOrigin + performance.now()
}
