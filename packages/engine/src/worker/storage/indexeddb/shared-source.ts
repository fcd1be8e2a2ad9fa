import type { ErrorRecord } from '../../../errors.ts'
import type {
  CreationOptions,
  DatabaseRecord,
  ExtentCommit,
  ExtentSource,
  OpenedSource,
} from './extent-source.ts'
import type { ReadRequest } from './reader-protocol.ts'
import { DataSyncError } from '../../../errors.ts'
import { fromErrorRecord } from '../../../link/error-record.ts'
import { READER_WORKER } from './reader-protocol.ts'
import { type SharedAnswer, SharedAnswerBuffer } from './shared-answer.ts'

/** Milliseconds after which the worker that reads is taken for dead. */
const PATIENCE = 15_000

/**
 * The bridge over shared memory: for what SQLite must have at once, this thread stands still until a
 * second worker has read it. That worker runs the same script, so that nobody has to find another. All that
 * can wait, commits above all, needs no second worker.
 */
export class SharedSource implements ExtentSource {
  readonly #source: ExtentSource
  readonly #worker: Worker
  readonly #answers = new SharedAnswerBuffer()
  readonly #ready: Promise<void>
  #lastId = 0
  #failure: DataSyncError | undefined

  /** `name` is that of the IndexedDB database that `source` reads and writes too. */
  constructor(source: ExtentSource, name: string) {
    this.#source = source
    this.#worker = new Worker(self.location.href, { type: 'module', name: READER_WORKER })
    this.#ready = new Promise((resolve, reject) => {
      this.#worker.addEventListener('message', () => resolve(), { once: true })
      this.#worker.addEventListener('error', (event) => {
        event.preventDefault()
        reject(this.#fail('The worker that reads IndexedDB failed.'))
      })
    })
    // Whoever opens the source hears of it.
    this.#ready.catch(() => undefined)
    this.#worker.postMessage({ name, answers: this.#answers.memory })
  }

  async open(
    creation: CreationOptions,
    wantsAll: (record: DatabaseRecord) => boolean,
  ): Promise<OpenedSource> {
    // A worker cannot start while the one that started it stands still.
    const [opened] = await Promise.all([this.#source.open(creation, wantsAll), this.#ready])
    return opened
  }

  read(extents: readonly number[]): Promise<ReadonlyMap<number, Uint8Array>> {
    return this.#source.read(extents)
  }

  readNow(extents: readonly number[]): ReadonlyMap<number, Uint8Array> {
    const found = new Map<number, Uint8Array>()
    for (let done = 0; done < extents.length;) {
      const answer = this.#ask(extents.slice(done))
      for (const [extent, record] of answer.extents) found.set(extent, record)
      done += answer.count
    }
    return found
  }

  commit(commit: ExtentCommit): Promise<void> {
    return this.#source.commit(commit)
  }

  async close(): Promise<void> {
    this.#worker.terminate()
    await this.#source.close()
  }

  #ask(extents: readonly number[]): SharedAnswer {
    if (this.#failure !== undefined) throw this.#failure
    const id = ++this.#lastId
    const request: ReadRequest = { id, extents }
    this.#worker.postMessage(request)
    const answer = this.#answers.waitFor(id, PATIENCE)
    if (answer === undefined) {
      throw this.#fail(`The worker that reads IndexedDB did not answer within ${PATIENCE} ms.`)
    }
    if ('failure' in answer) throw fromErrorRecord(JSON.parse(answer.failure) as ErrorRecord)
    return answer
  }

  /** The engine ends with it: the page is told by the uncaught error, and starts both anew. */
  #fail(message: string): DataSyncError {
    const failure = (this.#failure ??= new DataSyncError('connection-lost', message))
    this.#worker.terminate()
    setTimeout(() => {
      throw failure
    })
    return failure
  }
}
