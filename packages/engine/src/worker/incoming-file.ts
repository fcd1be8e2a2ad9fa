import type { OpenDatabase } from './open-database.ts'
import type { BlockFile } from './storage/block-store.ts'
import { waitFor, type Task } from './task.ts'
import { DataSyncError } from '../errors.ts'

/** What every SQLite database begins with (sqlite.org/fileformat2.html). */
const MAGIC = 'SQLite format 3\u0000'
/** Where the header says that the file needs a log beside it, which a copy does not have. */
const WRITE_VERSION = 18
const PAGE_SIZE = 4096

/** An import on its way: received beside the database, verified, then taken over in one commit. */
export class IncomingFile {
  readonly #database: OpenDatabase
  readonly #file: BlockFile
  #size = 0

  constructor(database: OpenDatabase, file: BlockFile) {
    this.#database = database
    this.#file = file
    file.truncate(0)
  }

  append(bytes: Uint8Array): void {
    this.#file.write(bytes, this.#size)
    this.#size += bytes.length
  }

  /**
   * Replaces the content of the database by what was received, through SQLite's own backup: one
   * transaction of the log, so that readers keep their snapshots and a crash keeps the old content.
   */
  *takeOver(): Task<void> {
    try {
      yield* this.#assertDatabase()
      this.#file.write(new Uint8Array([1, 1]), WRITE_VERSION)
      const source = yield* this.#database.openIncoming()
      try {
        const [[verdict] = []] = yield* source.command('pragma integrity_check(1)')
        if (verdict !== 'ok') throw new DataSyncError('corrupt', `The file is damaged: ${String(verdict)}`)
        const [[pageSize] = []] = yield* source.command('pragma page_size')
        if (pageSize !== PAGE_SIZE) {
          yield* source.command('pragma journal_mode = off')
          yield* source.command(`pragma page_size = ${PAGE_SIZE}`)
          yield* source.command('vacuum')
        }
        yield* this.#database.writer.connection.copyFrom(source)
        this.#database.writer.noteEverything()
      } finally {
        yield* source.close()
      }
    } finally {
      this.discard()
    }
  }

  discard(): void {
    this.#file.truncate(0)
  }

  *#assertDatabase(): Task<void> {
    const head = new Uint8Array(MAGIC.length)
    yield* waitFor(this.#file.load?.(0, head.length))
    this.#file.read(head, 0)
    if (new TextDecoder().decode(head) === MAGIC) return
    throw new DataSyncError('not-a-database', 'The bytes that were received are not a SQLite database.')
  }
}
