import { createQueryReader, type QueryObserver, type QueryOptions, type QueryResult } from '@datasync/engine'
import { Observable } from 'rxjs'

/** The results of the observer that each subscriber is given, from the present one on. */
export function observeResults<Row, Data>(
  observe: () => QueryObserver<Row>,
  options: QueryOptions<Row, Data>,
  isOnServer: boolean,
): Observable<QueryResult<Data>> {
  return new Observable((subscriber) => {
    const observer = observe()
    const read = createQueryReader<Row, Data>()
    let latest: QueryResult<Data> | undefined
    const emit = (): void => {
      try {
        const snapshot = isOnServer ? observer.getServerSnapshot() : observer.getSnapshot()
        const result = read(observer, snapshot, options)
        if (result !== latest) subscriber.next((latest = result))
      } catch (error) {
        subscriber.error(error)
      }
    }
    const stop = isOnServer ? undefined : observer.subscribe(emit)
    emit()
    return stop
  })
}
