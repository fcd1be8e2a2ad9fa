/** A promise for the moment at which something is there, whatever it is. It never rejects. */
export interface Settling {
  readonly promise: Promise<void>
  readonly isPending: boolean
  settle(): void
}

/** What React's `use` looks for on a promise, so as not to wait for one that is settled. */
interface Marked {
  status?: 'fulfilled'
  value?: undefined
}

export function createSettling(): Settling {
  const { promise, resolve } = withResolver()
  let isPending = true
  return {
    promise,
    get isPending() {
      return isPending
    },
    settle() {
      if (!isPending) return
      isPending = false
      void Object.assign(promise, { status: 'fulfilled', value: undefined } satisfies Marked)
      resolve()
    },
  }
}

function withResolver(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined
  const promise = new Promise<void>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}
