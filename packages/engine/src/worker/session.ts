import type { Request, RequestTypes } from '../link/protocol.ts'
import type { ChangeSet, LiveUpdate } from '../link/live-protocol.ts'
import type { EngineContext } from './engine-context.ts'
import type { Post } from './engine-host.ts'
import type { InspectionRequest } from './damage/inspections.ts'
import type { Task } from './task.ts'
import type { LiveQueryOwner } from './reactive/live-queries.ts'
import { DataSyncError } from '../errors.ts'
import { Outcomes } from './hosting/outcomes.ts'
import type { RequestNumbers } from './hosting/request-numbers.ts'
import { Outbox } from './outbox.ts'
import { Reads } from './reads.ts'
import { sessionContext, type SessionContext } from './session-context.ts'
import { Streams } from './streams.ts'
import { Transactions } from './transactions.ts'
import { Writes } from './writes.ts'

/** Requests that a session serves; those that concern the whole engine are the engine's. */
export type SessionRequest = Exclude<
  Request,
  {
    readonly type:
      | 'open'
      | 'move'
      | InspectionRequest['type']
      | 'importOpen'
      | 'importChunk'
      | 'importFinish'
      | 'importCancel'
      | 'host'
      | 'metrics'
      | 'examine'
      | 'openGate'
      | 'handOver'
      | 'suspend'
      | 'delete'
      | 'close'
  }
>

/** Whose session it is. */
export interface SessionOwner {
  readonly client: () => string
  readonly isGuest: boolean
  readonly numbers: RequestNumbers
}

/** One page's dealings with the engine: its reads, writes, transactions, streams and live queries. */
export class Session implements LiveQueryOwner {
  isInspecting = false
  /** Whether it wants to hear of each sync. */
  isSyncWatching = false
  readonly owner: SessionOwner
  readonly context: SessionContext
  readonly outbox: Outbox = new Outbox()
  readonly outcomes: Outcomes
  /** Whether it wants to be told what each commit changed. */
  #isWatching = false
  #post: Post
  readonly #reads: Reads
  readonly #writes: Writes
  readonly #transactions: Transactions
  readonly #streams: Streams

  constructor(engine: EngineContext, owner: SessionOwner, post: Post) {
    const { outbox } = this
    this.#post = post
    this.owner = owner
    this.outcomes = new Outcomes(owner, () => engine.database)
    this.context = sessionContext(engine, { outbox, outcomes: this.outcomes })
    this.#reads = new Reads(this.context)
    this.#writes = new Writes(this.context)
    this.#transactions = new Transactions(this.context)
    this.#streams = new Streams(this.context)
  }

  /** Whether it is this session that has made a request. */
  readonly owns = (request: number): boolean => this.owner.numbers.owns(request)

  get isIdle(): boolean {
    return this.#reads.isIdle
  }

  /** Whether nothing of it would be lost if another engine took over. */
  get isMovable(): boolean {
    return this.isIdle && !this.#transactions.isAnyOpen && !this.#streams.isAnyOpen
  }

  get writes(): Writes {
    return this.#writes
  }

  update(update: LiveUpdate): void {
    this.outbox.update(update)
  }

  /** Sends what a turn has for it. */
  send(commit: number, changes: ChangeSet | undefined): void {
    const mail = this.outbox.take(commit, this.#isWatching ? changes : undefined)
    if (mail !== undefined) this.#post(mail.message, mail.transfer)
  }

  announceSync(): void {
    const message = this.outbox.takeSync()
    if (message !== undefined) this.#post(message, [])
  }

  /** Nobody hears it any more: what it had asked for, it asks of another engine. */
  mute(): void {
    this.#post = () => undefined
  }

  /** Serves a request. Whatever it throws is the request's answer. */
  serve(request: SessionRequest): Task<void> {
    if (request.type === 'statement') return this.#statement(request.id, request.payload)
    return this.#serveOther(request)
  }

  *#serveOther(request: Exclude<SessionRequest, { readonly type: 'statement' }>): Task<void> {
    const { id } = request
    const { outbox, liveQueries } = this.context
    switch (request.type) {
      case 'script':
        return yield* this.#script(id, request.payload)
      case 'batch':
        return yield* this.#batch(id, request.payload)
      case 'begin':
        return yield* this.#transactions.begin(id, request.payload)
      case 'commit':
        return outbox.replyToWrite<'commit'>(id, yield* this.#transactions.commit(id, request.payload))
      case 'rollback':
        return outbox.reply<'rollback'>(id, yield* this.#transactions.rollback(request.payload.transaction))
      case 'savepoint':
        return outbox.reply<'savepoint'>(id, yield* this.#transactions.savepoint(request.payload))
      case 'streamOpen':
        return yield* this.#openStream(id, request.payload)
      case 'streamNext':
        return outbox.reply<'streamNext'>(id, yield* this.#streams.next(id, request.payload.stream))
      case 'streamClose':
        return outbox.reply<'streamClose'>(id, yield* this.#streams.close(request.payload.stream))
      case 'exportOpen':
        return outbox.reply<'exportOpen'>(id, yield* this.#streams.openExport(request.payload.stream))
      case 'exportNext': {
        const { bytes, done } = yield* this.#streams.nextBytes(request.payload.stream)
        return outbox.replyWithBytes(id, bytes, done)
      }
      case 'observe':
        liveQueries.add(this, request.payload.live, request.payload, request.payload.window)
        return outbox.reply<'observe'>(id, null)
      case 'unobserve':
        liveQueries.remove(this, request.payload.live)
        return outbox.reply<'unobserve'>(id, null)
      case 'moveWindow':
        return liveQueries.move(this, request.payload.live, request.payload, () =>
          outbox.reply<'moveWindow'>(id, null),
        )
      case 'refetch':
        liveQueries.refetch(this, request.payload.live)
        return outbox.reply<'refetch'>(id, null)
      case 'explain':
        return outbox.reply<'explain'>(id, liveQueries.explain(this, request.payload.live))
      case 'watch':
        this.#isWatching = request.payload.enabled
        return outbox.reply<'watch'>(id, null)
      case 'inspect':
        this.isInspecting = request.payload.enabled
        return outbox.reply<'inspect'>(id, null)
      case 'attach':
        return yield* this.#attach(id, request.payload)
      case 'detach':
        return yield* this.#detach(id, request.payload)
      case 'sync':
        yield* this.context.sync.run(request.payload.cause)
        return outbox.replyToWrite<'sync'>(id, null)
      case 'syncWatch':
        this.isSyncWatching = request.payload.enabled
        return outbox.reply<'syncWatch'>(id, null)
      case 'abort':
        yield* this.#abort(request.payload.request)
        return outbox.reply<'abort'>(id, null)
    }
  }

  /** Ends all that is under way, giving everyone who waits this reason. */
  *end(reason: DataSyncError): Task<void> {
    yield* this.#reads.cancelAll(reason)
    yield* this.#streams.closeAll()
    yield* this.#transactions.rollbackAll(reason)
  }

  #statement(id: number, payload: RequestTypes['statement']['payload']): Task<void> {
    if (payload.transaction !== undefined) return this.#inTransaction(id, payload.transaction, payload)
    return payload.lane === 'write' ? this.#writes.statement(id, payload) : this.#read(id, payload)
  }

  *#inTransaction(
    id: number,
    transaction: number,
    payload: RequestTypes['statement']['payload'],
  ): Task<void> {
    const result = yield* this.#transactions.statement(id, transaction, payload)
    this.context.outbox.reply<'statement'>(id, result)
  }

  *#read(id: number, payload: RequestTypes['statement']['payload']): Task<void> {
    const write = (): Task<void> => this.#writes.statement(id, payload)
    if (yield* this.context.database.hasWriterOnlySchemas()) yield* write()
    else yield* this.#reads.run(id, payload, write)
  }

  *#script(id: number, payload: RequestTypes['script']['payload']): Task<void> {
    const { sql, transaction, timeout } = payload
    if (transaction === undefined) yield* this.#writes.script(id, sql, timeout)
    else
      this.context.outbox.reply<'script'>(
        id,
        yield* this.#transactions.script(id, { ...payload, transaction }),
      )
  }

  *#batch(id: number, payload: RequestTypes['batch']['payload']): Task<void> {
    const { runs, transaction, timeout } = payload
    if (transaction === undefined) yield* this.#writes.batch(id, runs, timeout)
    else
      this.context.outbox.reply<'batch'>(id, yield* this.#transactions.batch(id, { ...payload, transaction }))
  }

  *#openStream(id: number, payload: RequestTypes['streamOpen']['payload']): Task<void> {
    const { database, outbox } = this.context
    const statement = { ...payload, lane: 'auto', shape: 'all-rows', timeout: undefined } as const
    if (payload.transaction !== undefined) {
      const { block } = yield* this.#transactions.statement(id, payload.transaction, statement)
      this.#streams.openBlock(payload.stream, block)
      outbox.reply<'streamOpen'>(id, null)
    } else if (!(yield* database.hasWriterOnlySchemas()) && (yield* this.#streams.openReader(payload))) {
      outbox.reply<'streamOpen'>(id, null)
    } else {
      const streams = this.#streams
      yield* this.#writes.enqueue<'streamOpen'>(id, undefined, function* () {
        const { block } = yield* database.writer.run(payload, 'all-rows')
        streams.openBlock(payload.stream, block)
        return null
      })
    }
  }

  #attach(id: number, { name, schema }: RequestTypes['attach']['payload']): Task<void> {
    const context = this.context
    // oxlint-disable-next-line require-yield -- The files come first; SQLite is asked in a turn after that.
    return this.#writes.enqueueAsync<'attach'>(id, function* () {
      return context.database.attach(name, schema).then(() => null)
    })
  }

  #detach(id: number, { schema }: RequestTypes['detach']['payload']): Task<void> {
    const context = this.context
    return this.#writes.enqueueAsync<'detach'>(id, function* () {
      // What is acknowledged, or about to be, must not go with its files.
      yield* context.sync.run('checkpoint')
      const files = yield* context.database.detach(schema)
      return files.then(() => null)
    })
  }

  *#abort(request: number): Task<void> {
    const error = new DataSyncError('aborted', 'The call was aborted.')
    if (!this.context.lane.cancel(request, error)) yield* this.#reads.cancel(request, error)
  }
}
