type Method = (this: unknown, ...values: unknown[]) => unknown

/** One call of a method: what it was called on, and with what. */
export interface Call {
  readonly target: unknown
  readonly values: readonly unknown[]
  /** Makes the call. */
  readonly proceed: () => unknown
}

/** Puts `handler` in front of methods of a class of the platform; returns how to take it away again. */
export function intercept(
  prototype: object,
  methods: readonly string[],
  handler: (method: string, call: Call) => unknown,
): () => void {
  const owner = prototype as Record<string, Method>
  const originals = methods.map((name) => {
    const original = owner[name]
    if (original === undefined) throw new Error(`there is no ${name}`)
    owner[name] = function (...values) {
      return handler(name, { target: this, values, proceed: () => original.apply(this, values) })
    }
    return [name, original] as const
  })
  return () => {
    for (const [name, original] of originals) owner[name] = original
  }
}
