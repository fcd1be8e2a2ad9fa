import type { RequestTypes } from '../../link/protocol.ts'
import type { HeldFiles } from './hold-files.ts'
import { DataSyncError } from '../../errors.ts'

/** Bytes that are sent at once. */
const CHUNK = 1024 * 1024

/** A salvaged file on its way to the page, piece by piece. */
export class SalvagedFile {
  readonly #held: HeldFiles
  #sent = 0

  constructor(held: HeldFiles) {
    this.#held = held
  }

  next(): RequestTypes['salvageNext']['reply'] {
    const { incoming } = this.#held.files
    const bytes = new Uint8Array(Math.min(CHUNK, incoming.size() - this.#sent))
    if (incoming.read(bytes, this.#sent) < bytes.length) {
      throw new DataSyncError('io-error', 'The salvaged file could not be read.')
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
