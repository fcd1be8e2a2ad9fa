import type { OpenDatabase } from './open-database.ts'
import type { BlockFile } from './storage/block-store.ts'
import type { Connection } from './sqlite/connection.ts'
import { waitFor, type Task } from './task.ts'
import { DataSyncError } from '../errors.ts'
import { HEADER_SIZE, isDatabase, RESERVED_AT } from './storage/database-header.ts'
import { PAGE_SIZE } from './storage/placed-sum.ts'
import { openConnection, OTHER_STATEMENTS } from './open-connection.ts'
import { withRebuilt } from './rebuilt-database.ts'
import { shapePages } from './shape-pages.ts'

/** Where the header says that the file needs a log beside it, which a copy does not have. */
const WRITE_VERSION = 18

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
      const source = yield* this.#open()
      try {
        const [[verdict] = []] = yield* source.command('pragma integrity_check(1)')
        if (verdict !== 'ok') throw new DataSyncError('corrupt', `The file is damaged: ${String(verdict)}`)
        const [[pageSize] = []] = yield* source.command('pragma page_size')
        if (pageSize === PAGE_SIZE && (yield* this.#hasRoom())) yield* this.#copyFrom(source)
        else yield* this.#copyRebuilt(source)
      } finally {
        yield* source.close()
      }
    } finally {
      this.discard()
    }
  }

  *#open(): Task<Connection> {
    const { source, path } = this.#database
    const connection = yield* openConnection(source, OTHER_STATEMENTS, `${path}-incoming`)
    yield* shapePages(source, connection, 'main')
    return connection
  }

  *#copyRebuilt(incoming: Connection): Task<void> {
    const { source, path } = this.#database
    yield* withRebuilt(source, incoming, `${path}-rebuilt`, (rebuilt) => this.#copyFrom(rebuilt))
  }

  *#copyFrom(source: Connection): Task<void> {
    yield* this.#database.writer.connection.copyFrom(source)
    this.#database.writer.noteEverything()
  }

  /** Whether pages leave free what the store needs of them. */
  *#hasRoom(): Task<boolean> {
    const reserved = new Uint8Array(1)
    yield* waitFor(this.#file.load?.(RESERVED_AT, reserved.length))
    this.#file.read(reserved, RESERVED_AT)
    return (reserved[0] ?? 0) >= (this.#database.source.store.reservedBytes ?? 0)
  }

  discard(): void {
    this.#file.truncate(0)
  }

  *#assertDatabase(): Task<void> {
    const head = new Uint8Array(HEADER_SIZE)
    yield* waitFor(this.#file.load?.(0, head.length))
    this.#file.read(head, 0)
    if (isDatabase(head)) return
    throw new DataSyncError('not-a-database', 'The bytes that were received are not a SQLite database.')
  }
}
