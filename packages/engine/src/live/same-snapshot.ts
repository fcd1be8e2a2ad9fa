import type { QuerySnapshot } from './snapshot.ts'

/** A query that fails again in the same way has not changed. */
export function keepEqualError(previous: QuerySnapshot, next: QuerySnapshot): QuerySnapshot {
  const { error } = previous
  if (error === undefined || next.error === undefined) return next
  const isEqual = error.code === next.error.code && error.message === next.error.message
  return isEqual ? { ...next, error } : next
}

export function isSameSnapshot(a: QuerySnapshot, b: QuerySnapshot): boolean {
  const names = Object.keys(b) as (keyof QuerySnapshot)[]
  return names.every((name) => a[name] === b[name])
}
