import type { WireStatement } from '../../link/protocol.ts'
import type { WindowMove, WindowState } from '../../link/window-protocol.ts'
import type { LiveUpdate, QueryExplanation, RunCause } from '../../link/live-protocol.ts'
import type { Connection } from '../sqlite/connection.ts'
import type { Task } from '../task.ts'
import type { Catalog } from './catalog.ts'
import type { ChangeLog } from './change-log.ts'
import { DataSyncError, type ErrorRecord } from '../../errors.ts'
import { toErrorRecord } from '../../link/error-record.ts'
import { queryKey } from '../../link/query-key.ts'
import { mergeChangedRows, type ChangedRows } from './incremental/changed-rows.ts'
import { LiveQuery, type LiveStatement, type RunOutcome } from './live-query.ts'
import { LiveSubscriber, type LiveRun } from './live-subscriber.ts'
import { QueryShapes } from './query-shapes.ts'
import { RelevanceIndex } from './relevance-index.ts'
import { explainWindow } from './windows/explain-window.ts'
import { LiveWindow } from './windows/live-window.ts'
import { WindowPlans } from './windows/window-plans.ts'

/** Where the news of a live query goes. */
export interface LiveQueryOwner {
  /** Whether it wants to hear of runs that changed nothing. */
  readonly isInspecting: boolean
  update(update: LiveUpdate): void
}

/** What somebody asks of a live query for themselves: its result, or that it is run again. */
interface Asked {
  readonly cause: RunCause
  /** Whether a result that is known will not do. */
  readonly needsRun: boolean
}

/** Why a query has to run, and by which rows alone its result can differ, where that is known. */
interface Due {
  readonly cause: RunCause
  readonly changed: ChangedRows | undefined
}

/** Of a query that was not run, since its result is known. */
const NO_RUN: RunOutcome = { patch: undefined, error: undefined, hasNews: false, rowsRead: 0 }

/**
 * All live queries of the database: which of them a commit can affect, and their runs. Those that ask
 * the same are one, whoever asks: it is run once, and all of its subscribers are told.
 */
export class LiveQueries {
  readonly #queries = new Map<string, LiveQuery>()
  readonly #subscribers = new Map<LiveQueryOwner, Map<number, LiveSubscriber>>()
  readonly #index = new RelevanceIndex<LiveQuery>()
  readonly #shapes = new QueryShapes()
  readonly #plans = new WindowPlans()
  /** Those that are shown a part of a result. */
  readonly #windowed = new Set<LiveSubscriber>()
  /** Those whose results can have changed, and why. */
  readonly #due = new Map<LiveQuery, Due>()
  /** Who waits for news, even of a query that is not due. */
  readonly #asking = new Map<LiveSubscriber, Asked>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  get isDue(): boolean {
    return this.#due.size > 0 || this.#asking.size > 0
  }

  /** The tables of which it has to be told which rows changed. */
  get watches(): RelevanceIndex<LiveQuery>['watches'] {
    return this.#index.watches
  }

  add(owner: LiveQueryOwner, live: number, { sql, parameters }: WireStatement, state?: WindowState): void {
    const wire = { sql, parameters }
    const window = state && new LiveWindow(wire, state)
    const query = this.#queryOf(window?.unplaced ?? wire)
    const subscriber = new LiveSubscriber(owner, live, query, window)
    if (window !== undefined) this.#windowed.add(subscriber)
    const own = this.#subscribers.get(owner) ?? new Map<number, LiveSubscriber>()
    this.#subscribers.set(owner, own.set(live, subscriber))
    query.subscribers.add(subscriber)
    this.#asking.set(subscriber, { cause: { kind: 'subscribed' }, needsRun: false })
  }

  remove(owner: LiveQueryOwner, live: number): void {
    const own = this.#subscribers.get(owner)
    const subscriber = own?.get(live)
    if (own === undefined || subscriber === undefined) return
    own.delete(live)
    if (own.size === 0) this.#subscribers.delete(owner)
    this.#end(subscriber)
  }

  /** Ends all subscriptions of an owner that goes away. Within a turn, as everything here. */
  removeAll(owner: LiveQueryOwner): void {
    const own = this.#subscribers.get(owner)
    this.#subscribers.delete(owner)
    for (const subscriber of own?.values() ?? []) this.#end(subscriber)
  }

  refetch(owner: LiveQueryOwner, live: number): void {
    const subscriber = this.#subscribers.get(owner)?.get(live)
    if (subscriber === undefined) return
    const cause = this.#asking.get(subscriber)?.cause ?? { kind: 'refetched' }
    this.#asking.set(subscriber, { cause, needsRun: true })
  }

  /** `settle` is called when the owner was told of it, or nothing comes of it. */
  move(owner: LiveQueryOwner, live: number, move: WindowMove, settle: () => void): void {
    const subscriber = this.#subscribers.get(owner)?.get(live)
    if (subscriber?.window === undefined) return settle()
    subscriber.window.move(move, settle)
    const asked = this.#asking.get(subscriber) ?? { cause: { kind: 'moved' }, needsRun: false }
    this.#asking.set(subscriber, asked)
  }

  /** @throws DataSyncError `closed` if it has ended */
  explain(owner: LiveQueryOwner, live: number): Omit<QueryExplanation, 'lastRun'> {
    const subscriber = this.#subscribers.get(owner)?.get(live)
    if (subscriber === undefined) throw new DataSyncError('closed', 'The live query has ended.')
    const explained = subscriber.query.explain()
    const shifts = explainWindow(subscriber.window)
    return { ...explained, wholeRuns: shifts ?? explained.wholeRuns, shifts }
  }

  /** Marks the queries that a commit can affect. */
  noteChanges(changes: ChangeLog): void {
    if (changes.everything) {
      this.noteAll({ kind: 'schema' })
      return
    }
    for (const query of this.#index.affectedBy(changes)) {
      const tables = query.reads === undefined ? [] : changes.describeFor(query.reads)
      const changed = this.#index.changedRows(query, changes)
      this.#due.set(query, merge(this.#due.get(query), { cause: { kind: 'changed', tables }, changed }))
    }
  }

  /** Nothing runs any more: the engine ends. */
  forgetDue(): void {
    this.#due.clear()
    this.#asking.clear()
  }

  noteAll(cause: RunCause): void {
    for (const query of this.#queries.values()) {
      this.#due.set(query, { cause: this.#due.get(query)?.cause ?? cause, changed: undefined })
    }
  }

  /** Runs what is due, and what was asked for and is not known, in one snapshot; hands each owner the news. */
  *refresh(connection: Connection, catalog: Catalog): Task<void> {
    yield* connection.command('begin')
    try {
      // Takes the snapshot and the schema in it: a statement that was prepared for an earlier schema would
      // tell of that one too.
      yield* connection.command('select 1 from sqlite_schema limit 1')
      yield* this.#placeWindows(connection, catalog)
      const asking = new Map(this.#asking)
      const runs = this.#findRuns(catalog)
      this.#asking.clear()
      this.#due.clear()
      for (const [query, due] of runs) {
        const run = yield* this.#run(query, due, connection, catalog)
        for (const subscriber of query.subscribers) subscriber.tell(run, asking.get(subscriber)?.cause)
      }
      for (const [subscriber, { cause }] of asking) {
        const run = { cause, durationMs: 0, outcome: NO_RUN }
        if (!runs.has(subscriber.query)) subscriber.tell(run, cause)
        subscriber.window?.settle()
      }
    } finally {
      // SQLite ends the transaction itself where memory or the storage failed it.
      if (!connection.autocommit) yield* connection.command('commit')
    }
  }

  /** There was no snapshot to run in: what is due stays so, and whoever waits for it is told. */
  failDue(thrown: unknown): void {
    const error = toErrorRecord(thrown)
    const outcome = { patch: undefined, error, hasNews: true, rowsRead: 0 }
    for (const [query, { cause }] of this.#due) {
      query.fail(error)
      const run = { cause, durationMs: 0, outcome }
      for (const subscriber of query.subscribers) subscriber.tell(run, this.#asking.get(subscriber)?.cause)
    }
    for (const [subscriber, { cause }] of this.#asking) {
      const run = { cause, durationMs: 0, outcome }
      if (!this.#due.has(subscriber.query)) subscriber.tell(run, cause)
    }
    for (const { window } of this.#windowed) window?.settle()
  }

  #queryOf(wire: LiveStatement): LiveQuery {
    const { part } = wire
    const key = part === undefined ? queryKey(wire) : `${part.start}-${part.end} of ${queryKey(wire)}`
    const query = this.#queries.get(key) ?? new LiveQuery(key, wire, this.#shapes)
    this.#queries.set(key, query)
    return query
  }

  /** Finds out what shows the windows that are new, or have to move. */
  *#placeWindows(connection: Connection, catalog: Catalog): Task<void> {
    for (const subscriber of this.#windowed) {
      try {
        yield* this.#place(subscriber, connection, catalog)
      } catch (thrown) {
        // Without the moves: it stays where it is.
        subscriber.window?.settle()
        yield* this.#place(subscriber, connection, catalog)
        if (subscriber.query.hasResult) this.#failMove(subscriber, toErrorRecord(thrown))
      }
    }
  }

  #failMove(subscriber: LiveSubscriber, error: ErrorRecord): void {
    const cause: RunCause = { kind: 'moved' }
    const outcome = { patch: undefined, error, hasNews: true, rowsRead: 0 }
    subscriber.tell({ cause, durationMs: 0, outcome }, cause)
    this.#asking.delete(subscriber)
  }

  *#place(subscriber: LiveSubscriber, connection: Connection, catalog: Catalog): Task<void> {
    const { query, window } = subscriber
    if (window === undefined) return
    const mayHaveNext = !query.hasResult || query.rowCount > window.state.rows
    const wire = yield* window.place(this.#plans, connection, catalog, mayHaveNext)
    const next = wire && this.#queryOf(wire)
    if (next === undefined || next === query) return
    subscriber.moveTo(next)
    next.subscribers.add(subscriber)
    this.#leave(subscriber, query)
    if (this.#asking.has(subscriber)) return
    this.#asking.set(subscriber, { cause: { kind: 'schema' }, needsRun: false })
  }

  #end(subscriber: LiveSubscriber): void {
    this.#asking.delete(subscriber)
    this.#windowed.delete(subscriber)
    this.#leave(subscriber, subscriber.query)
    subscriber.window?.settle()
  }

  #leave(subscriber: LiveSubscriber, query: LiveQuery): void {
    query.subscribers.delete(subscriber)
    if (query.subscribers.size > 0) return
    this.#queries.delete(query.key)
    this.#due.delete(query)
    if (query.reads !== undefined) this.#index.delete(query, query.reads)
  }

  /** What has to run, and why. Who subscribes to a query whose result is known needs no run. */
  #findRuns(catalog: Catalog): ReadonlyMap<LiveQuery, Due> {
    const runs = new Map(this.#due)
    for (const [{ query }, { cause, needsRun }] of this.#asking) {
      if (!needsRun && query.isCurrent(catalog)) continue
      runs.set(query, { cause: runs.get(query)?.cause ?? cause, changed: undefined })
    }
    return runs
  }

  *#run(query: LiveQuery, { cause, changed }: Due, connection: Connection, catalog: Catalog): Task<LiveRun> {
    const start = this.#now()
    const before = query.reads
    const outcome = yield* query.run(connection, catalog, changed)
    if (query.reads !== before) {
      if (before !== undefined) this.#index.delete(query, before)
      if (query.reads !== undefined) this.#index.add(query, query.reads)
    }
    return { cause, durationMs: this.#now() - start, outcome }
  }
}

/** A query that was due already keeps the tables that it was due for. */
function merge(known: Due | undefined, { cause, changed }: Due): Due {
  if (known === undefined) return { cause, changed }
  return { cause: mergeCauses(known.cause, cause), changed: mergeChangedRows(known.changed, changed) }
}

function mergeCauses(known: RunCause, cause: RunCause): RunCause {
  if (known.kind !== 'changed' || cause.kind !== 'changed') return known
  return { kind: 'changed', tables: [...known.tables, ...cause.tables] }
}
