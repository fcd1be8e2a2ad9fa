/** A value, or a function that gives it: in a framework that tracks what is read, one that it may change by. */
export type MaybeGetter<Value> = Value | (() => Value)

/**
 * The value at the moment. For adapters, none of whose inputs is itself a function.
 *
 * @example
 * const parameters = resolveGetter(() => [list])
 */
export function resolveGetter<Value>(given: MaybeGetter<Value>): Value {
  return isGetter(given) ? given() : given
}

function isGetter<Value>(given: MaybeGetter<Value>): given is () => Value {
  return typeof given === 'function'
}
