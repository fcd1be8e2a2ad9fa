import type { Readable } from './snapshot.ts'
import { notifyListeners } from '../notify-listeners.ts'

/** A value that can be read and subscribed to by others and is set by its owner. */
export interface Cell<Value> {
  readonly readable: Readable<Value>
  set(value: Value): void
}

export function createCell<Value>(initial: Value): Cell<Value> {
  const listeners = new Set<() => void>()
  let value = initial

  return {
    readable: {
      getSnapshot: () => value,
      subscribe: (listener) => {
        // The same function given twice is two subscriptions.
        const subscription = (): void => listener()
        listeners.add(subscription)
        return () => void listeners.delete(subscription)
      },
    },
    set(next) {
      if (Object.is(value, next)) return
      value = next
      notifyListeners(listeners)
    },
  }
}
