/**
 * The first versions that the engine is built for, by what browserslist and esbuild call them in lower case. One that is
 * `undefined` never runs it.
 */
const FLOOR: ReadonlyMap<string, number | undefined> = new Map([
  ...versions(114, 'chrome', 'and_chr', 'chromeandroid', 'edge'),
  ...versions(115, 'firefox', 'ff', 'fx', 'and_ff', 'firefoxandroid'),
  ...versions(17, 'safari', 'ios', 'ios_saf'),
  // What these two have of Chrome 114 or later.
  ...versions(100, 'opera'),
  ...versions(23, 'samsung'),
  ...versions(undefined, 'ie', 'explorer', 'ie_mob', 'explorermobile', 'op_mini', 'operamini'),
])

export const FLOOR_IN_WORDS = 'Chrome and Edge 114, Firefox 115 and Safari 17'

function versions(
  first: number | undefined,
  ...names: readonly string[]
): readonly (readonly [string, number | undefined])[] {
  return names.map((name) => [name, first])
}

/** Whether a version of a browser is older than those that run the engine. Of other browsers, nothing is known. */
export function isBelowFloor(browser: string, version: number): boolean {
  const name = browser.toLowerCase()
  return FLOOR.has(name) && !(version >= (FLOOR.get(name) ?? Infinity))
}
