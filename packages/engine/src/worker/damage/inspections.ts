import type {
  CheckAtOpen,
  RepairReport,
  SalvageReport,
  StorageDamage,
  VerifyExtent,
  VerifyReport,
} from '../../link/damage-report.ts'
import type { Request, RequestTypes } from '../../link/protocol.ts'
import type { BlockStore } from '../storage/block-store.ts'
import type { FileHost } from '../file-host.ts'
import type { Outbox } from '../outbox.ts'
import type { Session } from '../session.ts'
import { DataSyncError, type ErrorCode } from '../../errors.ts'
import { OTHER_STATEMENTS, openConnection } from '../open-connection.ts'
import { withRebuilt } from '../rebuilt-database.ts'
import { waitFor, type Task } from '../task.ts'
import { DamageWatch } from './damage-watch.ts'
import { holdFiles, type HeldFiles } from './hold-files.ts'
import { type Inspection, openInspection } from './inspection.ts'
import { Jobs } from './jobs.ts'
import { repair } from './repair.ts'
import { salvage } from './salvage.ts'
import { SalvagedFile } from './salvaged-file.ts'
import type { SlicedTask } from './sliced-task.ts'
import { verify } from './verify.ts'
import { verifyRaw } from './verify-raw.ts'

/** What SQLite says of a file whose first page is lost. */
const UNKNOWN: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['corrupt', 'not-a-database'])

const TYPES = ['verify', 'repair', 'salvage', 'salvageNext', 'salvageEnd'] as const

/** Requests that are about damage. */
export type InspectionRequest = Extract<Request, { readonly type: (typeof TYPES)[number] }>

/** Looks for damage, repairs it and salvages what is left. */
export class Inspections {
  readonly #host: FileHost
  readonly #isImporting: () => boolean
  readonly #jobs: Jobs
  readonly #watch: DamageWatch
  /** Who is having what is left salvaged. */
  #salvaging: Session | undefined
  #salvaged: SalvagedFile | undefined
  /** Of checks that nobody asked for: apart from the numbers of requests. */
  #lastOwn = 0

  /** `isImporting` says whether the scratch file is used for something else. */
  constructor(host: FileHost, isImporting: () => boolean) {
    this.#host = host
    this.#isImporting = isImporting
    this.#jobs = new Jobs(host.context)
    this.#watch = new DamageWatch(
      (extent) => {
        // What it meets is met by whoever reads it, too.
        void this.#verify(--this.#lastOwn, extent).catch(() => undefined)
      },
      () => host.context.sync.refreshStatus(),
    )
    host.whenReplaced = () => this.#watch.forget()
  }

  /** What is known of the damage of the open database. */
  get damage(): StorageDamage | undefined {
    return this.#watch.damage
  }

  /** Whether there is something that would end with the engine. */
  get isUnderWay(): boolean {
    return this.isSalvaging || this.#jobs.areRunning
  }

  /** Whether it has the scratch file. */
  get isSalvaging(): boolean {
    return this.#salvaging !== undefined
  }

  static serves(request: Request): request is InspectionRequest {
    return (TYPES as readonly string[]).includes(request.type)
  }

  *serve(session: Session, request: InspectionRequest): Task<void> {
    const { id } = request
    const { outbox } = session
    switch (request.type) {
      case 'verify':
        return this.#answer<'verify'>(outbox, id, this.#verify(id, request.payload))
      case 'repair':
        return yield* this.#repair(session, id)
      case 'salvage':
        return this.#answer<'salvage'>(outbox, id, this.#salvage(session, id))
      case 'salvageNext': {
        if (this.#salvaged === undefined || this.#salvaging !== session)
          throw new DataSyncError('closed', 'Nothing was salvaged.')
        const { bytes, done } = this.#salvaged.next()
        return outbox.replyWithBytes(id, bytes, done)
      }
      case 'salvageEnd':
        return this.#answer<'salvageEnd'>(outbox, id, this.#endSalvage(session))
    }
  }

  /** Has a database looked at that was just opened, once others had their turn. */
  start(store: BlockStore, extent: CheckAtOpen): void {
    this.#watch.start(store, extent)
  }

  /** Ends the work of a request, and answers the one that asked for that; false if there is no such work. */
  *abort({ outbox }: Session, id: number, request: number): Task<boolean> {
    const reason = new DataSyncError('aborted', 'The call was aborted.')
    if (!(yield* this.#jobs.cancel(request, reason))) return false
    outbox.reply<'abort'>(id, null)
    return true
  }

  /** Ends what a session has begun that goes away. */
  *leave(session: Session, reason: DataSyncError): Task<void> {
    yield* this.#jobs.cancelAll(reason, session.owns)
    if (this.#salvaging === session) yield* waitFor(this.#endSalvage(session))
  }

  /** Ends all work, since the database is let go of. */
  *endAll(reason: DataSyncError): Task<void> {
    this.#watch.stop()
    yield* this.#jobs.cancelAll(reason)
    if (this.#salvaging !== undefined) yield* waitFor(this.#endSalvage(this.#salvaging))
  }

  /** An answer comes in a turn of its own. */
  #answer<Type extends InspectionRequest['type']>(
    outbox: Outbox,
    id: number,
    pending: Promise<RequestTypes[Type]['reply']>,
  ): void {
    void pending.then(
      (value) => this.#say(() => outbox.reply<Type>(id, value)),
      (error: unknown) => this.#say(() => outbox.fail(id, error)),
    )
  }

  #say(what: () => void): void {
    // oxlint-disable-next-line require-yield -- What there is to say is there.
    this.#host.context.turn(function* () {
      what()
    })
  }

  async #verify(id: number, extent: VerifyExtent): Promise<VerifyReport> {
    const holding = holdFiles(this.#host.source(), this.#host.database())
    try {
      const work = holding.then((held) => look(held, extent))
      const report = await this.#jobs.run(id, work)
      this.#watch.note(report, 'full' in extent)
      return report
    } finally {
      await holding.then(
        (held) => held.release(),
        () => undefined,
      )
    }
  }

  async #salvage(session: Session, id: number): Promise<SalvageReport> {
    if (this.isSalvaging || this.#isImporting()) {
      throw new DataSyncError('busy', 'An import, or another salvage, has the room for a second file.')
    }
    this.#salvaging = session
    try {
      const holding = holdFiles(this.#host.source(), this.#host.database())
      const work = holding.then((held) => {
        this.#salvaged = new SalvagedFile(held)
        const { source, path, files } = held
        return salvage({
          openInspection: () => openInspection(source, path, 'deferred'),
          scratch: files.incoming,
          openScratch: () => openConnection(source, OTHER_STATEMENTS, `${path}-incoming`),
          rebuild: (connection, use) => withRebuilt(source, connection, `${path}-rebuilt`, use),
        })
      })
      return await this.#jobs.run(id, work)
    } catch (error) {
      await this.#endSalvage(session)
      throw error
    }
  }

  async #endSalvage(session: Session): Promise<null> {
    if (this.#salvaging !== session) return null
    const salvaged = this.#salvaged
    this.#salvaged = undefined
    this.#salvaging = undefined
    await salvaged?.end()
    return null
  }

  /** Keeps the writer for as long as it takes: nobody else may move pages meanwhile. */
  #repair({ writes }: Session, id: number): Task<void> {
    const work = this.#repairOpen()
    const start = (): Promise<RepairReport> => this.#jobs.run(id, work)
    // oxlint-disable-next-line require-yield -- It runs in turns of its own.
    return writes.enqueueAsync<'repair'>(id, function* () {
      return start()
    })
  }

  *#repairOpen(): SlicedTask<RepairReport> {
    const { context, source } = this.#host
    const { database } = context
    const opened = source()
    if (opened === undefined) throw new DataSyncError('closed', 'The database is not open.')
    const { path } = database
    const open = (mode: 'deferred' | 'immediate'): Task<Inspection> => openInspection(opened, path, mode)
    const noteCommit = (): void => database.writer.noteEverything()
    function* flush(): Task<void> {
      try {
        yield* waitFor(database.logs.flush())
      } catch (error) {
        // As any commit, it else stays pending, and the end of the turn says what there is to say of that.
        if (context.sync.durability === 'strict' && database.canRevert) throw error
      }
    }
    const report = yield* repair({ open, noteCommit, flush, file: path })
    this.#watch.note({ badBlocks: report.remaining, integrity: report.integrity }, true)
    return report
  }
}

function* look({ source, path, files }: HeldFiles, extent: VerifyExtent): SlicedTask<VerifyReport> {
  let inspection: Inspection
  try {
    inspection = yield* openInspection(source, path, 'deferred')
  } catch (error) {
    if (!(error instanceof DataSyncError) || !UNKNOWN.has(error.code)) throw error
    return yield* verifyRaw(files.main, path, error.sentence)
  }
  try {
    return yield* verify(inspection, extent, path)
  } finally {
    yield* inspection.close()
  }
}
