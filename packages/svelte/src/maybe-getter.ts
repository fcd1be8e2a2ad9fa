/** A value, or a function that gives it. What the function reads of state and props is tracked. */
export type MaybeGetter<Value> = Value | (() => Value)

export function resolveMaybeGetter<Value>(given: MaybeGetter<Value>): Value {
  return isGetter(given) ? given() : given
}

/** None of the values that are given this way is itself a function. */
function isGetter<Value>(given: MaybeGetter<Value>): given is () => Value {
  return typeof given === 'function'
}
