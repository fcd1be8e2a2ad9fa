import type { LogExtent } from './block-store.ts'
import { frameOffset } from './log-layout.ts'
import { WITNESS_OF_LOG, type WitnessFile } from './witness-file.ts'

/** What is known of a database's files as of the last flush of its log. */
export interface Noted extends LogExtent {
  /** Whether the pages of the main file have checksums. */
  readonly hasSums: boolean
}

/**
 * Keeps in mind how far the log was flushed: SQLite takes the first damaged frame of a log for its end,
 * and what was committed behind it would be gone without a word.
 *
 * What it says stays true until the log gives up those frames. SQLite begins the log anew under another
 * salt, flushed before the first frame, and then nothing is said of the log. Where the log is cut short,
 * it is taken back before.
 */
export class LogWitness {
  readonly #file: WitnessFile
  readonly #hasSums: () => boolean
  #noted: Noted | undefined

  /** `noted` is what the file says, `hasSums` whether the pages of the main file have checksums now. */
  constructor(file: WitnessFile, noted: Noted | undefined, hasSums: () => boolean) {
    this.#file = file
    this.#noted = noted
    this.#hasSums = hasSums
  }

  /** The log was flushed, and holds this. */
  note({ salt, frames, pageSize }: LogExtent): void {
    // Begun anew, but only in SQLite's memory: the file has the old frames still.
    if (frames === 0) return
    if (this.#noted?.salt === salt && this.#noted.frames === frames) return
    const noted = { salt, frames, pageSize, hasSums: this.#hasSums() }
    this.#noted = noted
    try {
      this.#file.write(WITNESS_OF_LOG, (payload) => fill(payload, noted))
    } catch {
      // The commit is durable. Only its loss would not be noticed.
    }
  }

  /** The log is about to be cut to `size` bytes. */
  beforeTruncate(size: number): void {
    const noted = this.#noted
    if (noted === undefined || frameOffset(noted.frames, noted.pageSize) <= size) return
    const nothing = { ...noted, frames: 0 }
    this.#file.replace(WITNESS_OF_LOG, (payload) => fill(payload, nothing))
    this.#noted = nothing
  }
}

/** What the log must hold: 0 frames if nothing. Undefined if nothing was ever noted. */
export function readNoted(file: WitnessFile): Noted | undefined {
  const payload = file.read(WITNESS_OF_LOG)
  if (payload === undefined) return undefined
  return {
    salt: payload.getBigUint64(0, true),
    frames: payload.getUint32(8, true),
    pageSize: payload.getUint32(12, true),
    hasSums: payload.getUint8(16) === 1,
  }
}

function fill(payload: DataView, { salt, frames, pageSize, hasSums }: Noted): void {
  payload.setBigUint64(0, salt, true)
  payload.setUint32(8, frames, true)
  payload.setUint32(12, pageSize, true)
  payload.setUint8(16, hasSums ? 1 : 0)
}
