import type { ErrorRecord } from '../../../errors.ts'
import type { CreationOptions, ExtentCommit, ExtentSource, OpenedSource } from './extent-source.ts'
import type { IoReplies, IoReply, IoRequest, IoRequests } from './io-protocol.ts'
import { DataSyncError } from '../../../errors.ts'
import { fromErrorRecord } from '../../../link/error-record.ts'
import { IO_WORKER } from './io-protocol.ts'
import { SharedAnswerBuffer } from './shared-answer.ts'

/** Milliseconds after which a worker that was asked for extents is taken for dead. */
const PATIENCE = 15_000

/**
 * The bridge over shared memory: another worker does the input and output, and this one stands still
 * for what it must have at once. That worker runs the same script, so that nobody has to find a second.
 */
export class SharedSource implements ExtentSource {
  readonly #name: string
  readonly #isExpected: boolean
  readonly #worker: Worker
  readonly #answers = new SharedAnswerBuffer()
  readonly #waiting = new Map<number, (reply: IoReply) => void>()
  #lastId = 0
  #failure: DataSyncError | undefined

  constructor(name: string, isExpected: boolean) {
    this.#name = name
    this.#isExpected = isExpected
    this.#worker = new Worker(self.location.href, { type: 'module', name: IO_WORKER })
    this.#worker.addEventListener('message', ({ data }: MessageEvent<IoReply>) => {
      const settle = this.#waiting.get(data.id)
      this.#waiting.delete(data.id)
      settle?.(data)
    })
    this.#worker.addEventListener('error', (event) => {
      event.preventDefault()
      this.#fail('The worker that reads and writes IndexedDB failed.')
    })
  }

  open(creation: CreationOptions): Promise<OpenedSource> {
    const { memory: answers } = this.#answers
    return this.#ask('open', { name: this.#name, isExpected: this.#isExpected, creation, answers })
  }

  async read(extents: readonly number[]): Promise<ReadonlyMap<number, Uint8Array>> {
    return extents.length === 0 ? new Map() : this.#ask('read', extents)
  }

  readNow(extents: readonly number[]): ReadonlyMap<number, Uint8Array> {
    const found = new Map<number, Uint8Array>()
    for (let done = 0; done < extents.length;) {
      const answer = this.#askNow(extents.slice(done))
      for (const [extent, record] of answer.extents) found.set(extent, record)
      done += answer.count
    }
    return found
  }

  async commit(commit: ExtentCommit): Promise<void> {
    await this.#ask(
      'commit',
      commit,
      commit.records.map(([, record]) => record.buffer),
    )
  }

  async close(): Promise<void> {
    try {
      await this.#ask('close', null)
    } finally {
      this.#worker.terminate()
    }
  }

  #ask<Type extends keyof IoRequests>(
    type: Type,
    payload: IoRequests[Type],
    transfer: readonly Transferable[] = [],
  ): Promise<IoReplies[Type]> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) {
        reject(this.#failure)
        return
      }
      const id = ++this.#lastId
      this.#waiting.set(id, (reply) => {
        if (reply.ok) resolve(reply.value as IoReplies[Type])
        else reject(fromErrorRecord(reply.error))
      })
      this.#worker.postMessage({ id, type, payload } as IoRequest, [...transfer])
    })
  }

  #askNow(extents: readonly number[]): {
    readonly count: number
    readonly extents: ReadonlyMap<number, Uint8Array>
  } {
    if (this.#failure !== undefined) throw this.#failure
    const id = ++this.#lastId
    this.#worker.postMessage({ id, type: 'readNow', payload: extents } satisfies IoRequest)
    const answer = this.#answers.waitFor(id, PATIENCE)
    if (answer === undefined) {
      throw this.#fail(`The worker that reads IndexedDB did not answer within ${PATIENCE} ms.`)
    }
    if ('failure' in answer) throw fromErrorRecord(JSON.parse(answer.failure) as ErrorRecord)
    return answer
  }

  /**
   * Nothing more is asked of this worker, and nobody is left waiting for it. The engine ends with it: the
   * page is told by the uncaught error, and starts both anew.
   */
  #fail(message: string): DataSyncError {
    const failure = (this.#failure ??= new DataSyncError('connection-lost', message))
    setTimeout(() => {
      throw failure
    })
    this.#worker.terminate()
    const error = { code: failure.code, message, detail: {} }
    for (const [id, settle] of this.#waiting) settle({ id, ok: false, error })
    this.#waiting.clear()
    return failure
  }
}
