import type { OldAccess } from '../old-database.ts'
import { withinTimeout } from '../within-timeout.ts'

/**
 * Keeps every tab of sqlocal from its database: each call of it holds this lock, shared with others, and each
 * transaction holds it alone.
 */
export async function withMutationLock<Result>(
  path: string,
  label: string,
  access: OldAccess,
  use: () => Promise<Result>,
): Promise<Result> {
  const { signal } = access
  signal?.throwIfAborted()
  const waiting = new AbortController()
  signal?.addEventListener('abort', () => waiting.abort(signal.reason), { once: true })
  return new Promise<Result>((resolve, reject) => {
    const locked = new Promise<void>((isLocked) => {
      navigator.locks
        .request(`_sqlocal_mutation_(${path})`, { signal: waiting.signal }, async () => {
          isLocked()
          return use()
        })
        .then(resolve, reject)
    })
    withinTimeout(locked, { label }, access, (reason) => waiting.abort(reason)).catch(reject)
  })
}
