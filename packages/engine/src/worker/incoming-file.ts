import type { FileBeside, ImportFinish, RowCounts } from '../link/import-protocol.ts'
import type { OpenDatabase } from './open-database.ts'
import type { BlockFile } from './storage/block-store.ts'
import type { Connection } from './sqlite/connection.ts'
import { waitFor, type Task } from './task.ts'
import { DataSyncError } from '../errors.ts'
import { countRows } from './count-rows.ts'
import { HEADER_SIZE, isDatabase, RESERVED_AT } from './storage/database-header.ts'
import { PAGE_SIZE } from './storage/placed-sum.ts'
import { openConnection, OTHER_STATEMENTS } from './open-connection.ts'
import { prepareContent } from './prepare-content.ts'
import { withRebuilt } from './rebuilt-database.ts'
import { shapePages } from './shape-pages.ts'

/** Where the header says that the file needs a log beside it. */
const WRITE_VERSION = 18

/** An import on its way: received beside the database, verified, then taken over in one commit. */
export class IncomingFile {
  readonly #database: OpenDatabase
  readonly #file: BlockFile
  /** What came with the file, which SQLite applies as it opens it. */
  readonly #beside: Readonly<Record<FileBeside, BlockFile>>

  constructor(database: OpenDatabase, file: BlockFile) {
    const { vfs } = database.source
    const path = incomingPath(database)
    this.#database = database
    this.#file = file
    this.#beside = { journal: vfs.blocksOf(`${path}-journal`), wal: vfs.blocksOf(`${path}-wal`) }
    this.discard()
  }

  append(bytes: Uint8Array, beside?: FileBeside): void {
    const file = beside === undefined ? this.#file : this.#beside[beside]
    file.write(bytes, file.size())
  }

  /**
   * Replaces the content of the database by what was received, through SQLite's own backup: one
   * transaction of the log, so that readers keep their snapshots and a crash keeps the old content.
   * Returns how many rows each table has, if that is asked.
   */
  *takeOver(request: ImportFinish): Task<RowCounts | undefined> {
    try {
      yield* this.#assertDatabase()
      const source = yield* this.#open()
      try {
        // What there is beside the file has become part of it.
        yield* source.command('pragma journal_mode = delete')
        if (request.prepare !== undefined) yield* prepareContent(source, request.prepare)
        const [[verdict] = []] = yield* source.command('pragma integrity_check(1)')
        if (verdict !== 'ok') throw new DataSyncError('corrupt', `The file is damaged: ${String(verdict)}`)
        const rows = request.countRows === true ? yield* countRows(source) : undefined
        const [[pageSize] = []] = yield* source.command('pragma page_size')
        if (pageSize === PAGE_SIZE && (yield* this.#hasRoom())) yield* this.#copyFrom(source)
        else yield* this.#copyRebuilt(source)
        if (rows !== undefined) yield* this.#assertSameRows(rows)
        return rows
      } finally {
        yield* source.close()
      }
    } finally {
      this.discard()
    }
  }

  *#open(): Task<Connection> {
    const { source } = this.#database
    const connection = yield* openConnection(source, OTHER_STATEMENTS, incomingPath(this.#database))
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

  *#assertSameRows(received: RowCounts): Task<void> {
    const taken = yield* countRows(this.#database.writer.connection)
    if (JSON.stringify(taken) === JSON.stringify(received)) return
    throw new DataSyncError('corrupt', 'What was stored has other numbers of rows than what was received.')
  }

  /** Whether pages leave free what the store needs of them. */
  *#hasRoom(): Task<boolean> {
    const reserved = new Uint8Array(1)
    yield* waitFor(this.#file.load?.(RESERVED_AT, reserved.length))
    this.#file.read(reserved, RESERVED_AT)
    return (reserved[0] ?? 0) >= (this.#database.source.store.reservedBytes ?? 0)
  }

  discard(): void {
    for (const file of [this.#file, this.#beside.journal, this.#beside.wal]) file.truncate(0)
  }

  *#assertDatabase(): Task<void> {
    const head = new Uint8Array(HEADER_SIZE)
    yield* waitFor(this.#file.load?.(0, head.length))
    const length = this.#file.read(head, 0)
    // Before it is rolled back, the first page may be anything. SQLite sees for itself then.
    const mayBeTorn = length > 0 && this.#beside.journal.size() > 0
    if (!isDatabase(head) && !mayBeTorn) {
      throw new DataSyncError('not-a-database', 'The bytes that were received are not a SQLite database.')
    }
    if (mayBeTorn || this.#beside.wal.size() > 0) return
    // A copy does not have the log that its header may speak of.
    this.#file.write(new Uint8Array([1, 1]), WRITE_VERSION)
  }
}

function incomingPath({ path }: OpenDatabase): string {
  return `${path}-incoming`
}
