// Safari, and Firefox before 141, have no `using`. Compilers put these symbols in the place of the missing ones.

export const DISPOSE: typeof Symbol.dispose = orStandIn(Symbol.dispose, 'Symbol.dispose')
export const ASYNC_DISPOSE: typeof Symbol.asyncDispose = orStandIn(Symbol.asyncDispose, 'Symbol.asyncDispose')

function orStandIn<Known extends symbol>(known: Known | undefined, name: string): Known {
  return known ?? (Symbol.for(name) as Known)
}
