import type { ErrorRecord } from '../errors.ts'
import type {
  RememberedStorage,
  Reply,
  RequestType,
  RequestTypes,
  StorageStatus,
  WorkerMessage,
} from '../link/protocol.ts'
import type { ChangeSet, LiveUpdate } from '../link/live-protocol.ts'
import { PROTOCOL_VERSION } from '../link/protocol.ts'
import type { SyncNews } from '../link/sync-protocol.ts'
import { toErrorRecord } from '../link/error-record.ts'

/** What one turn of the worker has for a page, gathered so that it leaves as one message. */
export class Outbox {
  #replies: Reply[] = []
  /** Answers to writes, which may be given only once the log is flushed. */
  #writes = new Set<number>()
  #updates: LiveUpdate[] = []
  #storage: StorageStatus | undefined
  /** By database: one that is attached is remembered apart. */
  readonly #remember = new Map<string, RememberedStorage>()
  #syncEvents: SyncNews['events'][number][] = []
  #syncState: SyncNews['state']
  #transfer: Transferable[] = []
  /** As of the last message. */
  #commit = 0

  reply<Type extends RequestType>(id: number, value: RequestTypes[Type]['reply']): void {
    this.#replies.push({ id, ok: true, value })
  }

  replyToWrite<Type extends RequestType>(id: number, value: RequestTypes[Type]['reply']): void {
    this.#writes.add(id)
    this.reply<Type>(id, value)
  }

  replyWithBytes(id: number, bytes: Uint8Array<ArrayBuffer>, done: boolean): void {
    this.#transfer.push(bytes.buffer)
    this.reply<'exportNext' | 'salvageNext'>(id, { bytes, done })
  }

  fail(id: number, error: unknown): void {
    this.#replies.push({ id, ok: false, error: toErrorRecord(error) })
  }

  /** The log could not be flushed: what was written is not known to last, and says so. */
  failWrites(error: ErrorRecord): void {
    this.#replies = this.#replies.map((reply) =>
      this.#writes.has(reply.id) ? { id: reply.id, ok: false, error } : reply,
    )
    this.#writes.clear()
  }

  /**
   * What was written was undone: so is all that was read after it, which may have seen it. Where another
   * session has written (`isWritten`), nobody knows what was read before that.
   */
  failResults(error: ErrorRecord, isWritten: boolean): void {
    const own = this.#replies.findIndex((reply) => this.#writes.has(reply.id))
    const first = own >= 0 ? own : isWritten ? -1 : Infinity
    this.#replies = this.#replies.map((reply, index) => {
      const isUndone = this.#writes.has(reply.id) || (index > first && reply.ok && reply.value !== null)
      return isUndone ? { id: reply.id, ok: false, error } : reply
    })
    this.#writes.clear()
  }

  update(update: LiveUpdate): void {
    this.#updates.push(update)
  }

  setStorage(status: StorageStatus): void {
    this.#storage = status
  }

  setRemembered(remembered: RememberedStorage): void {
    this.#remember.set(remembered.name, remembered)
  }

  noteSync(event: SyncNews['events'][number]): void {
    this.#syncEvents.push(event)
  }

  setSyncState(state: SyncNews['state']): void {
    this.#syncState = state
  }

  get hasWrites(): boolean {
    return this.#writes.size > 0
  }

  /** Empties the box into a message, if there is anything to say. */
  take(
    commit: number,
    changes: ChangeSet | undefined,
  ): { readonly message: WorkerMessage; readonly transfer: readonly Transferable[] } | undefined {
    this.#commit = commit
    const sync = this.#takeSync()
    const isEmpty = this.#replies.length === 0 && this.#updates.length === 0 && this.#storage === undefined
    if (isEmpty && changes === undefined && sync === undefined) return undefined
    const message: WorkerMessage = {
      version: PROTOCOL_VERSION,
      commit,
      updates: this.#updates,
      changes,
      replies: this.#replies,
      storage: this.#storage,
      remember: [...this.#remember.values()],
      sync,
    }
    const transfer = this.#transfer
    this.#replies = []
    this.#writes = new Set()
    this.#updates = []
    this.#storage = undefined
    this.#remember.clear()
    this.#transfer = []
    return { message, transfer }
  }

  /** What there is to say of syncs, and nothing else: the rest waits for the end of the turn. */
  takeSync(): WorkerMessage | undefined {
    const sync = this.#takeSync()
    if (sync === undefined) return undefined
    return {
      version: PROTOCOL_VERSION,
      commit: this.#commit,
      updates: [],
      changes: undefined,
      replies: [],
      storage: undefined,
      remember: [],
      sync,
    }
  }

  #takeSync(): SyncNews | undefined {
    const events = this.#syncEvents
    const state = this.#syncState
    if (events.length === 0 && state === undefined) return undefined
    this.#syncEvents = []
    this.#syncState = undefined
    return { events, state }
  }
}
