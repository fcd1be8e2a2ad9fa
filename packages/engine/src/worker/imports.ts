import type { EngineContext } from './engine-context.ts'
import type { BlockFile } from './storage/block-store.ts'
import type { Task } from './task.ts'
import { DataSyncError } from '../errors.ts'
import { IncomingFile } from './incoming-file.ts'

/** The import that is under way, of which there is at most one. */
export class Imports {
  readonly #context: EngineContext
  #incoming: IncomingFile | undefined

  constructor(context: EngineContext) {
    this.#context = context
  }

  begin(file: BlockFile): void {
    this.#incoming = new IncomingFile(this.#context.database, file)
  }

  append(bytes: Uint8Array): void {
    this.#current().append(bytes)
  }

  *finish(): Task<{ readonly userVersion: number }> {
    const incoming = this.#current()
    this.#incoming = undefined
    yield* incoming.takeOver()
    this.#context.liveQueries.noteAll({ kind: 'imported' })
    return { userVersion: yield* this.#context.database.userVersion() }
  }

  cancel(): void {
    this.#incoming?.discard()
    this.#incoming = undefined
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
