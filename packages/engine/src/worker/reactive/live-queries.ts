import type { LiveUpdate, RunCause, TableChange, WireStatement } from '../../link/protocol.ts'
import type { Connection } from '../sqlite/connection.ts'
import type { Task } from '../task.ts'
import type { Catalog } from './catalog.ts'
import type { ChangeLog } from './change-log.ts'
import { LiveQuery } from './live-query.ts'
import { RelevanceIndex } from './relevance-index.ts'

/** Where the news of a live query goes. */
export interface LiveQueryOwner {
  /** Whether it wants to hear of runs that changed nothing. */
  readonly isInspecting: boolean
  update(update: LiveUpdate): void
}

/** All live queries of the database: which of them a commit can affect, and their runs. */
export class LiveQueries {
  readonly #queries = new Map<LiveQueryOwner, Map<number, LiveQuery>>()
  readonly #index = new RelevanceIndex<LiveQuery>()
  /** Those that have to run, and why. */
  readonly #due = new Map<LiveQuery, RunCause>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  get isDue(): boolean {
    return this.#due.size > 0
  }

  add(owner: LiveQueryOwner, live: number, wire: WireStatement): void {
    const query = new LiveQuery(owner, live, wire)
    const queries = this.#queries.get(owner) ?? new Map<number, LiveQuery>()
    this.#queries.set(owner, queries.set(live, query))
    this.#due.set(query, { kind: 'subscribed' })
  }

  remove(owner: LiveQueryOwner, live: number): void {
    const query = this.#queries.get(owner)?.get(live)
    if (query === undefined) return
    this.#queries.get(owner)?.delete(live)
    this.#due.delete(query)
    if (query.reads !== undefined) this.#index.delete(query, query.reads)
  }

  removeAll(owner: LiveQueryOwner): void {
    for (const live of [...(this.#queries.get(owner)?.keys() ?? [])]) this.remove(owner, live)
    this.#queries.delete(owner)
  }

  refetch(owner: LiveQueryOwner, live: number): void {
    const query = this.#queries.get(owner)?.get(live)
    if (query !== undefined && !this.#due.has(query)) this.#due.set(query, { kind: 'refetched' })
  }

  /** Marks the queries that a commit can affect. */
  noteChanges(changes: ChangeLog): void {
    if (changes.everything) {
      this.noteAll({ kind: 'schema' })
      return
    }
    for (const query of this.#index.affectedBy(changes)) {
      const tables = query.reads === undefined ? [] : changes.describeFor(query.reads)
      this.#due.set(query, merge(this.#due.get(query), { kind: 'changed', tables }))
    }
  }

  /** Nothing runs any more: the engine ends. */
  forgetDue(): void {
    this.#due.clear()
  }

  noteAll(cause: RunCause): void {
    for (const queries of this.#queries.values()) {
      for (const query of queries.values()) if (!this.#due.has(query)) this.#due.set(query, cause)
    }
  }

  /** Runs what is due, in one snapshot, and hands each owner the news. */
  *refresh(connection: Connection, catalog: Catalog): Task<void> {
    yield* connection.command('begin')
    try {
      // Takes the snapshot and the schema in it: a statement that was prepared for an earlier schema would
      // tell of that one too.
      yield* connection.command('select 1 from sqlite_schema limit 1')
      const due = [...this.#due]
      this.#due.clear()
      for (const [query, cause] of due) yield* this.#run(query, cause, connection, catalog)
    } finally {
      // SQLite ends the transaction itself where memory or the storage failed it.
      if (!connection.autocommit) yield* connection.command('commit')
    }
  }

  /** There was no snapshot to run in: what is due stays so, and its owners are told. */
  failDue(error: unknown): void {
    for (const [query, cause] of this.#due) {
      const run = { cause, durationMs: 0, rowCount: query.rowCount, changed: false }
      query.owner.update({ live: query.live, run, patch: undefined, error: query.fail(error) })
    }
  }

  *#run(query: LiveQuery, cause: RunCause, connection: Connection, catalog: Catalog): Task<void> {
    const start = this.#now()
    const before = query.reads
    const { patch, error, hasNews } = yield* query.run(connection, catalog)
    if (query.reads !== before) {
      if (before !== undefined) this.#index.delete(query, before)
      if (query.reads !== undefined) this.#index.add(query, query.reads)
    }
    if (!hasNews && cause.kind !== 'refetched' && !query.owner.isInspecting) return
    const run = {
      cause,
      durationMs: this.#now() - start,
      rowCount: query.rowCount,
      changed: patch !== undefined,
    }
    query.owner.update({ live: query.live, run, patch, error })
  }
}

/** A query that was due already keeps the tables that it was due for. */
function merge(known: RunCause | undefined, cause: RunCause & { tables: readonly TableChange[] }): RunCause {
  if (known === undefined) return cause
  return known.kind === 'changed' ? { kind: 'changed', tables: [...known.tables, ...cause.tables] } : known
}
