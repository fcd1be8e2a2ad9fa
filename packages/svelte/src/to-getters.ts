/**
 * An object whose fields are read anew each time, and followed from then on by whoever reads them. Its
 * methods are the same ones always: to call one is not to read.
 */
export function toGetters<Value extends object, Method extends keyof Value = never>(
  follow: () => void,
  fields: { readonly [Field in Exclude<keyof Value, Method>]: () => Value[Field] },
  methods?: { readonly [Name in Method]: Value[Name] },
): Value {
  const value = { ...methods }
  for (const [field, read] of Object.entries<() => unknown>(fields)) {
    const get = (): unknown => {
      follow()
      return read()
    }
    Object.defineProperty(value, field, { enumerable: true, get })
  }
  return value as unknown as Value
}
