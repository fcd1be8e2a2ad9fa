import type { Connection } from '../link/connection.ts'
import type { AnswerTo } from '../link/pending-request.ts'
import type { LockRequest } from '../link/protocol.ts'
import { DataSyncError } from '../errors.ts'
import { startQuietTimer } from '../quiet-timer.ts'
import { databaseLock, standbyLock } from './tab-names.ts'

/** Milliseconds for which a tab that is a guest leaves the processor to others before it starts a worker in reserve. */
const WARM_UP = 1000

export interface StandbyOptions {
  readonly name: string
  readonly connect: () => Connection
  readonly open: (connection: Connection, lock: LockRequest) => Promise<AnswerTo<'open'>>
  /** There is no worker. */
  readonly failed: (error: unknown) => void
  /** The worker waits for its turn to host. */
  readonly ready: () => void
  /** The database was opened in it, or could not be. */
  readonly opened: (connection: Connection, answer: AnswerTo<'open'>) => void
}

/**
 * A worker in reserve: the one of all tabs that hosts next. Which tab has it is decided by a lock, so that there
 * is one at a time.
 */
export class Standby {
  readonly #options: StandbyOptions
  #attempt: AbortController | undefined
  #release: (() => void) | undefined
  #connection: Connection | undefined
  #stopTimer: (() => void) | undefined

  constructor(options: StandbyOptions) {
    this.#options = options
  }

  /** Whether this tab hosts next. */
  get isNext(): boolean {
    return this.#release !== undefined
  }

  get isReady(): boolean {
    return this.#connection !== undefined
  }

  /** Waits for this tab to be next. */
  start(): void {
    if (this.#attempt === undefined) this.#request({})
  }

  /** This tab is to be next, whoever is now: it is the one that the user sees. */
  takePlace(): void {
    if (this.isNext) return
    this.stop()
    this.#request({ steal: true })
  }

  /** The host gives no sign of life: its place is taken without its consent. */
  replaceHost(): void {
    this.stop()
    this.#request({ steal: true }, 'steal')
  }

  stop(): void {
    this.#attempt?.abort()
    this.#attempt = undefined
    this.#letGo()
  }

  #request(options: LockOptions, lock: LockRequest = 'wait'): void {
    const attempt = new AbortController()
    this.#attempt = attempt
    const isCurrent = (): boolean => this.#attempt === attempt
    const hold = async (): Promise<void> => {
      if (!isCurrent()) return
      const released = new Promise<void>((resolve) => {
        this.#release = resolve
      })
      void this.#prepare(attempt, lock)
      await released
    }
    const isStealing = options.steal === true
    navigator.locks
      .request(standbyLock(this.#options.name), isStealing ? options : { signal: attempt.signal }, hold)
      .catch((error: unknown) => {
        if (!isCurrent()) return
        this.stop()
        // Another tab has taken the place: this one waits for its turn again.
        if (error instanceof DOMException && error.name === 'AbortError') this.start()
        else this.#options.failed(noLocks(error))
      })
  }

  /** At once where nobody hosts: then it is this tab that does. */
  async #prepare(attempt: AbortController, lock: LockRequest): Promise<void> {
    const name = databaseLock(this.#options.name)
    const isHosted = lock === 'wait' && (await isHeld(name))
    if (this.#attempt !== attempt) return
    if (!isHosted) return this.#launch(attempt, lock)
    // Or as soon as the host is gone, which leaves its lock free.
    const launch = (): void => {
      waiting.abort()
      this.#launch(attempt, lock)
    }
    const waiting = new AbortController()
    const stopTimer = startQuietTimer(launch, WARM_UP)
    this.#stopTimer = () => {
      stopTimer()
      waiting.abort()
    }
    navigator.locks
      .request(name, { signal: waiting.signal }, () => queueMicrotask(launch))
      .catch(() => undefined)
  }

  #launch(attempt: AbortController, lock: LockRequest): void {
    if (this.#attempt !== attempt || this.#connection !== undefined) return
    this.#stopTimer?.()
    const { connect, open, ready, opened, failed } = this.#options
    let connection: Connection
    try {
      connection = connect()
    } catch (error) {
      this.stop()
      return failed(error)
    }
    this.#connection = connection
    void open(connection, lock).then((answer) => {
      if (this.#connection !== connection) return
      this.#connection = undefined
      this.#attempt = undefined
      this.#letGo()
      opened(connection, answer)
    })
    ready()
  }

  #letGo(): void {
    this.#stopTimer?.()
    this.#stopTimer = undefined
    const connection = this.#connection
    this.#connection = undefined
    connection?.end({ ok: false, error: { code: 'closed', message: 'It was not needed.', detail: {} } })
    this.#release?.()
    this.#release = undefined
  }
}

/** In a frame without an origin, every request is refused at once. */
function noLocks(cause: unknown): DataSyncError {
  const reason = cause instanceof Error || cause instanceof DOMException ? cause.message : String(cause)
  const message = `The browser lets this page take no locks, by which tabs take turns: ${reason}`
  return new DataSyncError('storage-unavailable', message, {}, cause)
}

async function isHeld(lock: string): Promise<boolean> {
  const { held = [] } = await navigator.locks.query()
  return held.some(({ name }) => name === lock)
}
