import type { FileHost } from './file-host.ts'
import type { Task } from './task.ts'
import type { Request } from '../link/protocol.ts'
import { DataSyncError } from '../errors.ts'
import { IncomingFile } from './incoming-file.ts'

type ImportRequest = Extract<Request, { readonly type: 'importChunk' | 'importFinish' | 'importCancel' }>

/** The import that is under way, of which there is at most one. */
export class Imports {
  readonly #host: FileHost
  readonly #isSalvaging: () => boolean
  #incoming: IncomingFile | undefined

  /** `isSalvaging` says whether the scratch file is used for something else. */
  constructor(host: FileHost, isSalvaging: () => boolean) {
    this.#host = host
    this.#isSalvaging = isSalvaging
  }

  get isUnderWay(): boolean {
    return this.#incoming !== undefined
  }

  async open(id: number): Promise<void> {
    const { context, source, database } = this.#host
    const opened = database()
    const files = await source()?.store.open(source()?.options.name ?? '')
    if (files === undefined || opened === undefined || database() !== opened) {
      throw new DataSyncError('closed', 'The database is not open.')
    }
    if (this.#isSalvaging()) throw new DataSyncError('busy', 'What is being salvaged has the room for it.')
    this.#incoming = new IncomingFile(opened, files.incoming)
    context.outbox.reply<'importOpen'>(id, null)
  }

  /** Serves what comes after the beginning. */
  *serve(request: ImportRequest): Task<void> {
    const { id } = request
    const { outbox } = this.#host.context
    switch (request.type) {
      case 'importChunk':
        this.#current().append(request.payload.bytes)
        return outbox.reply<'importChunk'>(id, null)
      case 'importFinish':
        return yield* this.#host.writes.enqueue<'importFinish'>(id, undefined, () => this.#finish())
      case 'importCancel':
        this.#incoming?.discard()
        this.#incoming = undefined
        return outbox.reply<'importCancel'>(id, null)
    }
  }

  *#finish(): Task<{ readonly userVersion: number }> {
    const incoming = this.#current()
    this.#incoming = undefined
    yield* incoming.takeOver()
    this.#host.context.liveQueries.noteAll({ kind: 'imported' })
    this.#noteReplaced()
    return { userVersion: yield* this.#host.context.database.userVersion() }
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

  #current(): IncomingFile {
    if (this.#incoming === undefined) throw new DataSyncError('closed', 'No import is under way.')
    return this.#incoming
  }
}
