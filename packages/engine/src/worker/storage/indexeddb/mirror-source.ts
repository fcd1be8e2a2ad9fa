import type { ExtentCommit, ExtentSource, OpenedSource, CreationOptions } from './extent-source.ts'
import { DataSyncError } from '../../../errors.ts'

/**
 * The bridge that needs nothing of the page: the whole database is read as it is opened and kept in
 * memory, so that no read ever has to wait.
 */
export class MirrorSource implements ExtentSource {
  readonly #source: ExtentSource
  /** In bytes. */
  readonly #limit: number

  constructor(source: ExtentSource, limit: number) {
    this.#source = source
    this.#limit = limit
  }

  open(creation: CreationOptions): Promise<OpenedSource> {
    return this.#source.open(creation, (record) => {
      this.#assertFits(record.size)
      return true
    })
  }

  read(extents: readonly number[]): Promise<ReadonlyMap<number, Uint8Array>> {
    return this.#source.read(extents)
  }

  async commit(commit: ExtentCommit): Promise<void> {
    this.#assertFits(commit.size)
    await this.#source.commit(commit)
  }

  close(): Promise<void> {
    return this.#source.close()
  }

  #assertFits(size: number): void {
    if (size <= this.#limit) return
    const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1024 / 1024)} MiB`
    throw new DataSyncError(
      'mirror-full',
      `The database would take ${megabytes(size)} of memory, and may take ${megabytes(this.#limit)}.`,
    )
  }
}
