import { toRuns, toWireResults } from '../../src/link/batch-wire.ts'
import { fromErrorRecord } from '../../src/link/error-record.ts'
import type {
  BeginRequest,
  OpenRequest,
  Reply,
  Request,
  RequestType,
  RequestTypes,
  StatementRequest,
  WireResult,
  WorkerMessage,
} from '../../src/link/protocol.ts'
import type { ChangeSet } from '../../src/link/live-protocol.ts'
import { PROTOCOL_VERSION } from '../../src/link/protocol.ts'
import { toRows } from '../../src/link/column-block.ts'
import type { SqlParameters, SqlRow } from '../../src/values.ts'
import { createEngine, type Engine } from '../../src/worker/engine.ts'
import type { Post } from '../../src/worker/engine-host.ts'
import { RequestNumbers } from '../../src/worker/hosting/request-numbers.ts'
import type { Session } from '../../src/worker/session.ts'
import type { BlockStore } from '../../src/worker/storage/block-store.ts'
import { onTestFinished } from 'vitest'
import { nextTask } from './next-task.ts'
import { LiveProbe } from './live-probe.ts'
import { OPEN_DEFAULTS } from './open-defaults.ts'
import { storeUnderTest } from './store-under-test.ts'

/** A request without its number, which the client gives it. */
export type Call = {
  [Type in RequestType]: { readonly type: Type; readonly payload: RequestTypes[Type]['payload'] }
}[RequestType]

export type StatementOptions = Partial<Omit<StatementRequest, 'sql' | 'parameters'>>

interface Pending {
  readonly resolve: (value: Reply & { readonly ok: true }) => void
  readonly reject: (error: Error) => void
}

/**
 * The engine in this process and, in front of it, a page that takes every message as it comes: the
 * live queries first, then what changed, then the replies. Both directions are copied, as by a link.
 */
export class EngineClient {
  /** All that the engine sent, oldest first. */
  readonly messages: WorkerMessage[] = []
  readonly changes: ChangeSet[] = []
  readonly engine: Engine
  /** Called when a message has been shown and its replies have not been given. */
  onMessage: ((message: WorkerMessage) => void) | undefined
  readonly #numbers: RequestNumbers = new RequestNumbers(0)
  readonly #pending = new Map<number, Pending>()
  readonly #probes = new Map<number, LiveProbe>()
  #lastId = 0

  readonly #session: Session | undefined

  /**
   * `store` is what every database is opened in, whatever storage is asked for. A guest has the engine of
   * another client instead.
   */
  constructor(
    store?: BlockStore,
    guest?: { readonly of: EngineClient; readonly client: string; readonly index: number },
  ) {
    const post: Post = (message, transfer) =>
      this.#receive(structuredClone(message, { transfer: [...transfer] }))
    if (guest !== undefined) {
      this.engine = guest.of.engine
      this.#numbers = new RequestNumbers(guest.index)
      const owner = { client: () => guest.client, isGuest: true, numbers: this.#numbers }
      this.#session = this.engine.join(owner, post)
      return
    }
    this.engine = createEngine({
      post,
      schedule: nextTask,
      now: () => performance.now(),
      chooseStore: async (options, remember) =>
        store === undefined ? storeUnderTest.choose(options, remember) : { store, reason: 'A test gave it.' },
    })
  }

  /** Commit number of the newest message. */
  get commit(): number {
    return this.messages.at(-1)?.commit ?? 0
  }

  get probes(): readonly LiveProbe[] {
    return [...this.#probes.values()]
  }

  request<Type extends RequestType>(
    type: Type,
    payload: RequestTypes[Type]['payload'],
  ): Promise<RequestTypes[Type]['reply']> {
    return this.send({ type, payload } as Call)[0] as Promise<RequestTypes[Type]['reply']>
  }

  /** Sends several requests in one message; answers with a promise for each. */
  send(...calls: readonly Call[]): readonly Promise<unknown>[] {
    return this.resend(...calls.map((call): Request => ({ id: ++this.#lastId, ...call })))
  }

  /** The same of requests that have their numbers. */
  resend(...requests: readonly Request[]): readonly Promise<unknown>[] {
    const replies = requests.map(
      ({ id }) =>
        new Promise<unknown>((resolve, reject) => {
          this.#pending.set(id, { resolve: ({ value }) => resolve(value), reject })
        }),
    )
    const entered = requests.map((request) => ({ ...request, id: this.#numbers.toEngine(request.id) }))
    const oldest = Math.min(...this.#pending.keys())
    const message = { version: PROTOCOL_VERSION, requests: entered, oldest }
    if (this.#session === undefined) this.engine.receive(structuredClone(message))
    else this.engine.receive(structuredClone(message), this.#session)
    return replies
  }

  /** The page goes away. */
  part(): void {
    if (this.#session !== undefined) this.engine.part(this.#session, true)
  }

  /** The number that the last request was sent under, to abort it by. */
  get lastRequest(): number {
    return this.#lastId
  }

  /** How many requests have not been answered. */
  get unanswered(): number {
    return this.#pending.size
  }

  execute(sql: string, parameters: SqlParameters = [], options: StatementOptions = {}): Promise<WireResult> {
    const defaults = { lane: 'auto', shape: 'all-rows', transaction: undefined, timeout: undefined } as const
    return this.request('statement', { sql, parameters, ...defaults, ...options })
  }

  async query(
    sql: string,
    parameters: SqlParameters = [],
    options: StatementOptions = {},
  ): Promise<readonly SqlRow[]> {
    return toRows((await this.execute(sql, parameters, options)).block)
  }

  /** The rows of several queries that are asked in one message; undefined for one that fails. */
  async queryAll(
    queries: readonly { readonly sql: string; readonly parameters: SqlParameters }[],
  ): Promise<readonly (readonly SqlRow[] | undefined)[]> {
    const replies = this.send(
      ...queries.map(({ sql, parameters }): Call => {
        const payload = { sql, parameters, lane: 'auto', shape: 'all-rows' } as const
        return { type: 'statement', payload: { ...payload, transaction: undefined, timeout: undefined } }
      }),
    )
    const results = await Promise.allSettled(replies)
    return results.map((result) =>
      result.status === 'fulfilled' ? toRows((result.value as WireResult).block) : undefined,
    )
  }

  /** The value of the first column of the first row. */
  async value(sql: string, options: StatementOptions = {}): Promise<unknown> {
    return (await this.execute(sql, [], options)).block.values[0]?.[0]
  }

  run(sql: string, parameters: SqlParameters = [], options: StatementOptions = {}): Promise<WireResult> {
    return this.execute(sql, parameters, { lane: 'write', shape: 'no-rows', ...options })
  }

  async exec(sql: string, transaction?: number): Promise<void> {
    await this.request('script', { sql, transaction, timeout: undefined })
  }

  async batch(
    statements: readonly (string | readonly [string, SqlParameters])[],
    transaction?: number,
  ): Promise<readonly WireResult[]> {
    const wire = statements.map((statement) =>
      typeof statement === 'string'
        ? { sql: statement, parameters: [] }
        : { sql: statement[0], parameters: statement[1] },
    )
    return toWireResults(await this.request('batch', { runs: toRuns(wire), transaction, timeout: undefined }))
  }

  /** Begins a transaction; answers with its number. */
  async begin(options: Partial<BeginRequest> = {}): Promise<number> {
    const transaction = ++this.#lastId
    const defaults = { mode: 'immediate', readonly: false, timeout: 60_000 } as const
    await this.request('begin', { transaction, ...defaults, ...options })
    return options.transaction ?? transaction
  }

  async commitTransaction(transaction: number): Promise<void> {
    await this.request('commit', { transaction })
  }

  async rollback(transaction: number): Promise<void> {
    await this.request('rollback', { transaction })
  }

  /** Runs `work` in a transaction and commits it. */
  async transaction(work: (transaction: number) => Promise<void>): Promise<void> {
    const transaction = await this.begin()
    await work(transaction)
    await this.commitTransaction(transaction)
  }

  async observe(sql: string, parameters: SqlParameters = []): Promise<LiveProbe> {
    const probe = new LiveProbe(++this.#lastId, sql, parameters)
    this.#probes.set(probe.live, probe)
    await this.request('observe', { live: probe.live, sql, parameters })
    return probe
  }

  async unobserve(probe: LiveProbe): Promise<void> {
    this.#probes.delete(probe.live)
    await this.request('unobserve', { live: probe.live })
  }

  async exportBytes(): Promise<Uint8Array> {
    const stream = ++this.#lastId
    await this.request('exportOpen', { stream })
    const chunks: Uint8Array[] = []
    for (;;) {
      const { bytes, done } = await this.request('exportNext', { stream })
      chunks.push(bytes)
      if (done) return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer())
    }
  }

  async import(bytes: Uint8Array, chunkSize = 65_536): Promise<void> {
    await this.request('importOpen', null)
    for (let start = 0; start < bytes.length; start += chunkSize) {
      await this.request('importChunk', { bytes: bytes.slice(start, start + chunkSize) })
    }
    await this.request('importFinish', {})
    await this.request('openGate', null)
  }

  #receive(message: WorkerMessage): void {
    this.messages.push(message)
    for (const update of message.updates) this.#probes.get(update.live)?.apply(update, message.commit)
    if (message.changes !== undefined) this.changes.push(message.changes)
    this.onMessage?.(message)
    for (const reply of message.replies) {
      const id = this.#numbers.toPage(reply.id)
      const pending = this.#pending.get(id)
      this.#pending.delete(id)
      if (reply.ok) pending?.resolve(reply)
      else pending?.reject(fromErrorRecord(reply.error))
    }
  }
}

let opened = 0

/** A database that only this test knows, with a page that hears of every run and commit. */
export async function openClient(
  options: Partial<OpenRequest> & { readonly schema?: string; readonly store?: BlockStore } = {},
): Promise<EngineClient> {
  const { schema, store, ...request } = options
  const client = await openUnclosedClient(request, store)
  onTestFinished(() => client.request('close', null).then(() => undefined))
  if (schema !== undefined) await client.exec(schema)
  return client
}

/** The same, for those who close it themselves. */
export async function openUnclosedClient(
  options: Partial<OpenRequest> = {},
  store?: BlockStore,
): Promise<EngineClient> {
  const client = new EngineClient(store)
  await client.request('open', {
    ...OPEN_DEFAULTS,
    name: `test-${++opened}`,
    ...options,
  })
  await client.request('inspect', { enabled: true })
  await client.request('watch', { enabled: true })
  return client
}
