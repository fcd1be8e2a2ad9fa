import type { Connection } from '../sqlite/connection.ts'
import type { InspectedFile } from '../storage/inspected-file.ts'
import type { Task } from '../task.ts'
import { PageFault, type PageSource } from './page-source.ts'

/** The pages of a database as a transaction of SQLite sees them, its log taken into account. */
export class SnapshotPages implements PageSource {
  #pageCount: number
  readonly #connection: Connection
  readonly #file: InspectedFile
  /** Pages whose damage this transaction has written over. */
  readonly #mended = new Set<number>()

  /** `connection` has the file open, and a transaction begun. */
  static *open(connection: Connection, file: InspectedFile): Task<SnapshotPages> {
    return new SnapshotPages(connection, file, yield* countPages(connection))
  }

  private constructor(connection: Connection, file: InspectedFile, pageCount: number) {
    this.#connection = connection
    this.#file = file
    this.#pageCount = pageCount
  }

  get pageCount(): number {
    return this.#pageCount
  }

  /** What was written was undone. */
  forgetWrites(): void {
    this.#mended.clear()
  }

  /** Its own transaction has written more of them, or fewer are left. */
  *countAnew(): Task<void> {
    this.#pageCount = yield* countPages(this.#connection)
  }

  *read(page: number): Task<Uint8Array<ArrayBuffer> | PageFault> {
    const [[bytes] = []] = yield* this.#connection.command('select data from sqlite_dbpage where pgno = ?', [
      page,
    ])
    const fault = this.#mended.has(page) ? undefined : this.#file.faults.get(page - 1)
    if (fault !== undefined) return new PageFault(fault)
    if (!(bytes instanceof Uint8Array)) return new PageFault('it is not there')
    return bytes as Uint8Array<ArrayBuffer>
  }

  /** In a transaction that writes. */
  *write(page: number, bytes: Uint8Array): Task<void> {
    yield* this.#connection.command('update sqlite_dbpage set data = ? where pgno = ?', [bytes, page])
    this.#mended.add(page)
  }
}

function* countPages(connection: Connection): Task<number> {
  const [[count] = []] = yield* connection.command('pragma page_count')
  return Number(count)
}
