/** The result of a request, as a promise that keeps its transaction alive if it is awaited in it. */
export function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () =>
      reject(request.error ?? new Error('a request failed without an error')),
    )
  })
}

/**
 * Runs `work` in a transaction and settles when the transaction has: only `complete` says that it is
 * kept. A quota that is exceeded at the commit is told by `abort` alone, without an `error` before it.
 */
export async function transact<T>(
  database: IDBDatabase,
  stores: readonly string[],
  mode: 'readonly' | IDBTransactionOptions['durability'],
  work: (transaction: IDBTransaction) => T | Promise<T>,
): Promise<T> {
  const transaction =
    mode === 'readonly'
      ? database.transaction([...stores], 'readonly')
      : database.transaction([...stores], 'readwrite', { durability: mode ?? 'strict' })
  const done = new Promise<void>((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve())
    transaction.addEventListener('abort', () =>
      reject(transaction.error ?? new DOMException('aborted', 'AbortError')),
    )
  })
  try {
    const result = await work(transaction)
    // Begun now, it outlives a worker that is terminated right after.
    if (mode !== 'readonly') transaction.commit()
    await done
    return result
  } catch (error) {
    abort(transaction)
    // The transaction's own error says more than that of a request which it took along.
    await done.catch((cause: unknown) => {
      if (isAbort(error)) throw cause
    })
    throw error
  }
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort()
  } catch {
    // It has ended already.
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}
