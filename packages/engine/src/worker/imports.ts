import type { FileHost } from './file-host.ts'
import type { Task } from './task.ts'
import type { ImportFinish, ImportReply } from '../link/import-protocol.ts'
import type { Request } from '../link/protocol.ts'
import type { Gate } from './gate.ts'
import type { Session } from './session.ts'
import { DataSyncError } from '../errors.ts'
import { IncomingFile } from './incoming-file.ts'

type ImportRequest = Extract<Request, { readonly type: 'importChunk' | 'importFinish' | 'importCancel' }>

/** The import that is under way, of which there is at most one. */
export class Imports {
  readonly #host: FileHost
  readonly #isSalvaging: () => boolean
  readonly #gate: Gate
  #incoming: { readonly file: IncomingFile; readonly session: Session } | undefined

  /** `isSalvaging` says whether the scratch file is used for something else; `gate` is closed by an import. */
  constructor(host: FileHost, isSalvaging: () => boolean, gate: Gate) {
    this.#host = host
    this.#gate = gate
    this.#isSalvaging = isSalvaging
  }

  get isUnderWay(): boolean {
    return this.#incoming !== undefined
  }

  async open(session: Session, id: number): Promise<void> {
    const { source, database } = this.#host
    const opened = database()
    const files = await source()?.store.open(source()?.options.name ?? '')
    if (files === undefined || opened === undefined || database() !== opened) {
      throw new DataSyncError('closed', 'The database is not open.')
    }
    if (this.#isSalvaging()) throw new DataSyncError('busy', 'What is being salvaged has the room for it.')
    if (this.#incoming !== undefined && this.#incoming.session !== session) {
      throw new DataSyncError('busy', 'Another tab is importing.')
    }
    this.#incoming = { file: new IncomingFile(opened, files.incoming), session }
    session.outbox.reply<'importOpen'>(id, null)
  }

  /** Serves what comes after the beginning. */
  *serve(session: Session, request: ImportRequest): Task<void> {
    const { id } = request
    const { outbox, writes } = session
    switch (request.type) {
      case 'importChunk':
        this.#current(session).append(request.payload.bytes, request.payload.beside)
        return outbox.reply<'importChunk'>(id, null)
      case 'importFinish':
        return yield* writes.enqueue<'importFinish'>(id, undefined, () =>
          this.#finish(session, request.payload),
        )
      case 'importCancel':
        this.leave(session)
        return outbox.reply<'importCancel'>(id, null)
    }
  }

  *#finish(session: Session, request: ImportFinish): Task<ImportReply> {
    const incoming = this.#current(session)
    this.#incoming = undefined
    const rows = yield* incoming.takeOver(request)
    // Nobody else sees it before it is migrated, of which this session tells.
    const userVersion = yield* this.#host.context.database.userVersion()
    yield* this.#gate.close(session)
    this.#host.context.liveQueries.noteAll({ kind: 'imported' })
    this.#noteReplaced()
    return { userVersion, rows }
  }

  /** What a session had begun to import, it does not finish. */
  leave(session: Session): void {
    if (this.#incoming?.session !== session) return
    this.#incoming.file.discard()
    this.#incoming = undefined
  }

  /** In a turn after this one: where it cannot be stored, it is undone, and another writer has the old content. */
  #noteReplaced(): void {
    const { context, database } = this.#host
    const writer = database()?.writer
    const tell = (): void => {
      if (database()?.writer === writer) this.#host.whenReplaced?.()
    }
    // oxlint-disable-next-line require-yield -- SQLite is not asked.
    context.later(function* () {
      tell()
    })
  }

  /** The database is let go of, and its scratch file with it. */
  forget(): void {
    this.#incoming = undefined
  }

  #current(session: Session): IncomingFile {
    if (this.#incoming?.session !== session) throw new DataSyncError('closed', 'No import is under way.')
    return this.#incoming.file
  }
}
