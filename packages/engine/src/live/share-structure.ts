/** Deep enough for a record of lists of rows; whatever lies deeper is compared by identity. */
const DEPTH = 4

/**
 * `next`, with every part that is equal to its counterpart in `previous` replaced by that, and
 * `previous` itself if all of it is. Looks into plain objects and arrays only, and changes neither.
 */
export function shareStructure<Value>(previous: unknown, next: Value): Value {
  return share(previous, next, DEPTH) as Value
}

function share(previous: unknown, next: unknown, depth: number): unknown {
  if (Object.is(previous, next) || depth === 0) return next
  if (Array.isArray(previous) && Array.isArray(next)) return shareArrays(previous, next, depth)
  if (isPlainObject(previous) && isPlainObject(next)) return shareObjects(previous, next, depth)
  return next
}

function shareArrays(
  previous: readonly unknown[],
  next: readonly unknown[],
  depth: number,
): readonly unknown[] {
  let isEqual = previous.length === next.length
  let hasShared = false
  const shared = next.map((value, index) => {
    const kept = share(previous[index], value, depth - 1)
    if (!Object.is(kept, value)) hasShared = true
    if (!Object.is(kept, previous[index])) isEqual = false
    return kept
  })
  if (isEqual) return previous
  return hasShared ? shared : next
}

function shareObjects(
  previous: Readonly<Record<string, unknown>>,
  next: Readonly<Record<string, unknown>>,
  depth: number,
): Readonly<Record<string, unknown>> {
  const keys = Object.keys(next)
  let isEqual = keys.length === Object.keys(previous).length
  let hasShared = false
  const entries = keys.map((key) => {
    const kept = share(previous[key], next[key], depth - 1)
    if (!Object.is(kept, next[key])) hasShared = true
    if (!Object.hasOwn(previous, key) || !Object.is(kept, previous[key])) isEqual = false
    return [key, kept] as const
  })
  if (isEqual) return previous
  return hasShared ? Object.fromEntries(entries) : next
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
