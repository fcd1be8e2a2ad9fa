import type { LiveUpdate, Request, RequestTypes } from '../link/protocol.ts'
import type { EngineContext } from './engine-context.ts'
import type { LiveQueryOwner } from './reactive/live-queries.ts'
import { DataSyncError } from '../errors.ts'
import { Reads } from './reads.ts'
import { Streams } from './streams.ts'
import { Transactions } from './transactions.ts'
import { Writes } from './writes.ts'

/** Requests that a session serves; those that concern the whole engine are the engine's. */
export type SessionRequest = Exclude<
  Request,
  {
    readonly type:
      | 'open'
      | 'importOpen'
      | 'importChunk'
      | 'importFinish'
      | 'importCancel'
      | 'suspend'
      | 'resume'
      | 'delete'
      | 'close'
  }
>

/** One page's dealings with the engine: its reads, writes, transactions, streams and live queries. */
export class Session implements LiveQueryOwner {
  isInspecting = false
  /** Whether it wants to be told what each commit changed. */
  isWatching = false
  readonly #context: EngineContext
  readonly #reads: Reads
  readonly #writes: Writes
  readonly #transactions: Transactions
  readonly #streams: Streams

  constructor(context: EngineContext) {
    this.#context = context
    this.#reads = new Reads(context)
    this.#writes = new Writes(context)
    this.#transactions = new Transactions(context)
    this.#streams = new Streams(context)
  }

  get isIdle(): boolean {
    return this.#reads.isIdle
  }

  get writes(): Writes {
    return this.#writes
  }

  update(update: LiveUpdate): void {
    this.#context.outbox.update(update)
  }

  /** Serves a request. Whatever it throws is the request's answer. */
  serve(request: SessionRequest): void {
    const { id } = request
    const { outbox, liveQueries } = this.#context
    switch (request.type) {
      case 'statement':
        return this.#statement(id, request.payload)
      case 'script':
        return this.#script(id, request.payload)
      case 'batch':
        return this.#batch(id, request.payload)
      case 'begin':
        return this.#transactions.begin(id, request.payload)
      case 'commit':
        return outbox.replyToWrite<'commit'>(id, this.#transactions.commit(request.payload))
      case 'rollback':
        return outbox.reply<'rollback'>(id, this.#transactions.rollback(request.payload.transaction))
      case 'savepoint':
        return outbox.reply<'savepoint'>(id, this.#transactions.savepoint(request.payload))
      case 'streamOpen':
        return this.#openStream(id, request.payload)
      case 'streamNext':
        return outbox.reply<'streamNext'>(id, this.#streams.next(id, request.payload.stream))
      case 'streamClose':
        return outbox.reply<'streamClose'>(id, this.#streams.close(request.payload.stream))
      case 'exportOpen':
        return outbox.reply<'exportOpen'>(id, this.#streams.openExport(request.payload.stream))
      case 'exportNext': {
        const { bytes, done } = this.#streams.nextBytes(request.payload.stream)
        return outbox.replyWithBytes(id, bytes, done)
      }
      case 'observe':
        liveQueries.add(this, request.payload.live, request.payload)
        return outbox.reply<'observe'>(id, null)
      case 'unobserve':
        liveQueries.remove(this, request.payload.live)
        return outbox.reply<'unobserve'>(id, null)
      case 'refetch':
        liveQueries.refetch(this, request.payload.live)
        return outbox.reply<'refetch'>(id, null)
      case 'watch':
        this.isWatching = request.payload.enabled
        return outbox.reply<'watch'>(id, null)
      case 'inspect':
        this.isInspecting = request.payload.enabled
        return outbox.reply<'inspect'>(id, null)
      case 'attach':
        return this.#attach(id, request.payload)
      case 'detach':
        return this.#detach(id, request.payload)
      case 'abort':
        this.#abort(request.payload.request)
        return outbox.reply<'abort'>(id, null)
    }
  }

  /** Ends all that is under way, giving everyone who waits this reason. */
  end(reason: DataSyncError): void {
    this.#reads.cancelAll(reason)
    this.#streams.closeAll()
    this.#transactions.rollbackAll(reason)
  }

  #statement(id: number, payload: RequestTypes['statement']['payload']): void {
    const { database, outbox } = this.#context
    if (payload.transaction !== undefined) {
      const result = this.#transactions.statement(id, payload.transaction, payload)
      outbox.reply<'statement'>(id, result)
    } else if (payload.lane === 'write' || database.hasWriterOnlySchemas) {
      this.#writes.statement(id, payload)
    } else this.#reads.run(id, payload, () => this.#writes.statement(id, payload))
  }

  #script(id: number, payload: RequestTypes['script']['payload']): void {
    const { sql, transaction, timeout } = payload
    if (transaction === undefined) this.#writes.script(id, sql, timeout)
    else this.#context.outbox.reply<'script'>(id, this.#transactions.script(id, { ...payload, transaction }))
  }

  #batch(id: number, payload: RequestTypes['batch']['payload']): void {
    const { statements, transaction, timeout } = payload
    if (transaction === undefined) this.#writes.batch(id, statements, timeout)
    else this.#context.outbox.reply<'batch'>(id, this.#transactions.batch(id, { ...payload, transaction }))
  }

  #openStream(id: number, payload: RequestTypes['streamOpen']['payload']): void {
    const { database, outbox } = this.#context
    const statement = { ...payload, lane: 'auto', shape: 'all-rows', timeout: undefined } as const
    if (payload.transaction !== undefined) {
      const { block } = this.#transactions.statement(id, payload.transaction, statement)
      this.#streams.openBlock(payload.stream, block)
      outbox.reply<'streamOpen'>(id, null)
    } else if (!database.hasWriterOnlySchemas && this.#streams.openReader(payload)) {
      outbox.reply<'streamOpen'>(id, null)
    } else {
      this.#writes.enqueue<'streamOpen'>(id, undefined, () => {
        this.#streams.openBlock(payload.stream, database.writer.run(payload, 'all-rows').block)
        return null
      })
    }
  }

  #attach(id: number, { name, schema }: RequestTypes['attach']['payload']): void {
    this.#writes.enqueueAsync<'attach'>(id, async () => {
      await this.#context.database.attach(name, schema)
      return null
    })
  }

  #detach(id: number, { schema }: RequestTypes['detach']['payload']): void {
    this.#writes.enqueueAsync<'detach'>(id, async () => {
      await this.#context.database.detach(schema)
      return null
    })
  }

  #abort(request: number): void {
    const error = new DataSyncError('aborted', 'The call was aborted.')
    if (!this.#context.lane.cancel(request, error)) this.#reads.cancel(request, error)
  }
}
