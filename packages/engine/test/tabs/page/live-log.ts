import type { Database, QueryObserver } from '../../../src/index.ts'
import type { LiveQueryName, TabRecord } from '../order.ts'
import { now } from './now.ts'

type Row = Readonly<Record<string, number>>

const QUERIES: Readonly<Record<LiveQueryName, string>> = {
  entries: 'select count(*) as n from journal',
  total: 'select sum(balance) as n from account',
  accounts: 'select id, balance from account order by id',
}

/** The live queries of one tab, and all that they delivered. */
export class LiveLog {
  readonly #observers: ReadonlyMap<LiveQueryName, QueryObserver<Row>>

  constructor(db: Database, tab: string, remember: (record: TabRecord) => void) {
    const queries = Object.entries(QUERIES) as readonly (readonly [LiveQueryName, string])[]
    this.#observers = new Map(queries.map(([query, sql]) => [query, db.observe<Row>(sql)]))
    for (const [query, observer] of this.#observers) {
      observer.subscribe(() => {
        const { status, isFetching, error, data } = observer.getSnapshot()
        remember({
          type: 'snapshot',
          tab,
          at: now(),
          query,
          status,
          isFetching,
          error: error?.code,
          rows: data,
        })
      })
    }
  }

  rows(query: LiveQueryName): readonly Row[] | undefined {
    return this.#observers.get(query)?.getSnapshot().data
  }

  /** How many entries the journal is shown to have. */
  get entries(): number {
    return this.rows('entries')?.[0]?.['n'] ?? 0
  }
}
