import { intercept } from './intercept.ts'

/** Runs `action` once, as soon as the next transaction that calls this method of a store has been kept. */
export function afterWriteOf(store: string, method: 'put' | 'add', action: () => void): void {
  const stop = intercept(IDBObjectStore.prototype, [method], (_, call) => {
    const target = call.target as IDBObjectStore
    if (target.name === store) {
      stop()
      target.transaction.addEventListener('complete', action)
    }
    return call.proceed()
  })
}
