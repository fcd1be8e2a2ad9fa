import type { QueryResult } from './query-result.ts'
import type { QueryObserver, QuerySnapshot } from './snapshot.ts'

/** Whoever follows the results of a query. */
export interface ResultFollower<Data> {
  next(result: QueryResult<Data>): void
  /** Told what reading a result threw, as `select` may. Without it, that is thrown on. */
  error?(error: unknown): void
}

/**
 * Tells a follower of the present result of a query at once, then of each that differs from the one
 * before. On a server, of the one alone. For adapters that give streams.
 *
 * @returns The function that ends it.
 *
 * @example
 * const read = createQueryReader<Todo>()
 * const stop = followResults(observer, (snapshot) => read(observer, snapshot, {}), false, { next: show })
 */
export function followResults<Row, Data>(
  observer: QueryObserver<Row>,
  read: (snapshot: QuerySnapshot<Row>) => QueryResult<Data>,
  isOnServer: boolean,
  follower: ResultFollower<Data>,
): () => void {
  let latest: QueryResult<Data> | undefined
  const tell = (): void => {
    let result: QueryResult<Data>
    try {
      result = read(isOnServer ? observer.getServerSnapshot() : observer.getSnapshot())
    } catch (error) {
      if (follower.error === undefined) throw error
      return follower.error(error)
    }
    if (result !== latest) follower.next((latest = result))
  }
  tell()
  return isOnServer ? () => undefined : observer.subscribe(tell)
}
