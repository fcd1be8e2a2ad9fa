import type { RememberedStorage, StorageStatus } from '../link/protocol.ts'
import type { SyncNews } from '../link/sync-protocol.ts'
import type { ErrorRecord } from '../errors.ts'
import type { Session } from './session.ts'

/** The sessions of all tabs, and what concerns each of them. */
export class Sessions implements Iterable<Session> {
  readonly #sessions = new Set<Session>()
  #storage: StorageStatus | undefined
  #syncState: SyncNews['state'];

  [Symbol.iterator](): Iterator<Session> {
    return this.#sessions[Symbol.iterator]()
  }

  get isIdle(): boolean {
    return [...this].every((session) => session.isIdle)
  }

  /** Whether nothing is under way that would not outlive the engine. */
  get isMovable(): boolean {
    return [...this].every((session) => session.isMovable)
  }

  add(session: Session): void {
    this.#sessions.add(session)
  }

  delete(session: Session): void {
    this.#sessions.delete(session)
  }

  /** Tells a session that has just opened the database what the others know. */
  inform({ outbox }: Session): void {
    if (this.#storage !== undefined) outbox.setStorage(this.#storage)
    if (this.#syncState !== undefined) outbox.setSyncState(this.#syncState)
  }

  setStorage(status: StorageStatus): void {
    this.#storage = status
    for (const { outbox } of this) outbox.setStorage(status)
  }

  /** All pages of an origin keep it in the same place. */
  setRemembered(remembered: RememberedStorage): void {
    const [first] = this
    first?.outbox.setRemembered(remembered)
  }

  setSyncState(state: SyncNews['state']): void {
    this.#syncState = state
    for (const { outbox } of this) outbox.setSyncState(state)
  }

  noteSync(event: SyncNews['events'][number]): void {
    for (const session of this) if (session.isSyncWatching) session.outbox.noteSync(event)
  }

  /** Sends what has been noted of syncs, and nothing else, while a turn goes on. */
  announceSync(): void {
    for (const session of this) session.announceSync()
  }

  /** What was written is not known to last. */
  failWrites(error: ErrorRecord): void {
    for (const { outbox } of this) outbox.failWrites(error)
  }

  /** What was written was undone. Where only one has written, the others may have read it all the same. */
  failResults(error: ErrorRecord): void {
    const isWritten = [...this].some(({ outbox }) => outbox.hasWrites)
    for (const { outbox } of this) outbox.failResults(error, isWritten)
  }
}
