import type { OpenDatabase } from './open-database.ts'
import type { BlockFile } from './storage/block-store.ts'
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
  takeOver(): void {
    try {
      this.#assertDatabase()
      this.#file.write(new Uint8Array([1, 1]), WRITE_VERSION)
      const source = this.#database.openIncoming()
      try {
        const [[verdict] = []] = source.command('pragma integrity_check(1)')
        if (verdict !== 'ok') throw new DataSyncError('corrupt', `The file is damaged: ${String(verdict)}`)
        const [[pageSize] = []] = source.command('pragma page_size')
        if (pageSize !== PAGE_SIZE) {
          source.command('pragma journal_mode = off')
          source.command(`pragma page_size = ${PAGE_SIZE}`)
          source.command('vacuum')
        }
        this.#database.writer.connection.copyFrom(source)
        this.#database.writer.noteEverything()
      } finally {
        source.close()
      }
    } finally {
      this.discard()
    }
  }

  discard(): void {
    this.#file.truncate(0)
  }

  #assertDatabase(): void {
    const head = new Uint8Array(MAGIC.length)
    this.#file.read(head, 0)
    if (new TextDecoder().decode(head) === MAGIC) return
    throw new DataSyncError('not-a-database', 'The bytes that were received are not a SQLite database.')
  }
}
