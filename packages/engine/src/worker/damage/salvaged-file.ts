import type { RequestTypes } from '../../link/protocol.ts'
import type { HeldFiles } from './hold-files.ts'
import { DataSyncError } from '../../errors.ts'
import { RESERVED_AT } from '../storage/database-header.ts'
import { stampPublicSum, SUM_SIZE } from '../storage/page-sum.ts'
import { PAGE_SIZE } from '../storage/placed-sum.ts'

/** Bytes that are sent at once: whole pages. */
const CHUNK = 1024 * 1024

/** A salvaged file on its way to the page, piece by piece. */
export class SalvagedFile {
  readonly #held: HeldFiles
  #sent = 0
  #hasSums = false

  constructor(held: HeldFiles) {
    this.#held = held
  }

  next(): RequestTypes['salvageNext']['reply'] {
    const { incoming } = this.#held.files
    const bytes = new Uint8Array(Math.min(CHUNK, incoming.size() - this.#sent))
    if (incoming.read(bytes, this.#sent) < bytes.length) {
      throw new DataSyncError('io-error', 'The salvaged file could not be read.')
    }
    if (this.#sent === 0) this.#hasSums = bytes[RESERVED_AT] === SUM_SIZE
    // As in an export: the pages were mended since they were read, and nobody has summed them up.
    if (this.#hasSums) {
      for (let at = 0; at < bytes.length; at += PAGE_SIZE) stampPublicSum(bytes.subarray(at, at + PAGE_SIZE))
    }
    this.#sent += bytes.length
    return { bytes, done: this.#sent === incoming.size() }
  }

  /** Gives back its room, and the files of the database. */
  async end(): Promise<void> {
    this.#held.files.incoming.truncate(0)
    await this.#held.release()
  }
}
