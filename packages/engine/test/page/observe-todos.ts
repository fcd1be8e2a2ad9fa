import type { QueryObserver } from '../../src/index.ts'
import type { TestDatabase } from '../../src/testing.ts'
import { titles, TODOS, type Todo } from './open-test-database.ts'

export function observeTodos(db: TestDatabase): QueryObserver<Todo> {
  return db.observe<Todo>(TODOS)
}

/** What a listener finds each time that it is called. */
export function record(observer: QueryObserver<Todo>): {
  readonly seen: (readonly string[] | undefined)[]
  readonly stop: () => void
} {
  const seen: (readonly string[] | undefined)[] = []
  const stop = observer.subscribe(() => seen.push(titles(observer.getSnapshot().data)))
  return { seen, stop }
}

/** What the engine itself keeps up to date, as it reports each run of it. */
export function liveStatements(db: TestDatabase): readonly string[] {
  return db.liveQueries.getSnapshot().map(({ sql }) => sql)
}
