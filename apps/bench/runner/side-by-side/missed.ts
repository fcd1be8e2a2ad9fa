/** Why a target cannot be reached, or is not yet, by whom or what it is about. docs/benchmarks.md has the measurements. */
export const MISSED: ReadonlyMap<string, string> = new Map([])
