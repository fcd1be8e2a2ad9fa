import type { BlockFile } from './block-store.ts'
import { addToSum, SUM_SIZE, wordsOf, type Sum } from './page-sum.ts'

/** A version that is not this one is not read: the database is then opened as one without a witness. */
const VERSION = 1
const SLOT_SIZE = 64
/** In a sector of its own, so that a write that is torn leaves the other slot alone. */
const SLOT_DISTANCE = 512
const SLOTS = [0, 1] as const
const KIND_AT = 1
const SEQUENCE_AT = 4
const PAYLOAD_AT = 8
const SUM_AT = SLOT_SIZE - SUM_SIZE

/** What a witness is about, which says how its payload is laid out. */
export const WITNESS_OF_LOG = 1

/** The most bytes that a payload takes. */
const PAYLOAD_SIZE = SUM_AT - PAYLOAD_AT

/** Where a witness is kept. */
export interface WitnessStorage extends Pick<BlockFile, 'read' | 'write'> {
  sync(): void
}

interface Slot {
  readonly kind: number
  readonly sequence: number
  readonly payload: DataView
}

/**
 * A note beside a database on what must be found when it is opened again, so that a loss is not taken
 * for a state. It is written into two slots by turns: one that was torn leaves what was noted before.
 */
export class WitnessFile {
  readonly #file: WitnessStorage
  readonly #slot = new Uint8Array(SLOT_SIZE)
  readonly #view = new DataView(this.#slot.buffer)
  readonly #words = wordsOf(this.#slot)
  #sequence: number

  constructor(file: WitnessStorage) {
    this.#file = file
    this.#sequence = this.#newest()?.sequence ?? 0
  }

  /** The newest note of this kind, if there is one that can be read. */
  read(kind: number): DataView | undefined {
    const newest = this.#newest()
    return newest?.kind === kind ? newest.payload : undefined
  }

  /** `fill` is given the payload, empty. Not flushed: it survives the process, perhaps not the machine. */
  write(kind: number, fill: (payload: DataView) => void): void {
    this.#sequence++
    this.#slot.fill(0)
    this.#view.setUint8(0, VERSION)
    this.#view.setUint8(KIND_AT, kind)
    this.#view.setUint32(SEQUENCE_AT, this.#sequence, true)
    fill(new DataView(this.#slot.buffer, PAYLOAD_AT, PAYLOAD_SIZE))
    const { first, second } = sumOf(this.#words)
    this.#view.setInt32(SUM_AT, first, true)
    this.#view.setInt32(SUM_AT + 4, second, true)
    this.#file.write(this.#slot, (this.#sequence % SLOTS.length) * SLOT_DISTANCE)
  }

  /** The same into both slots, durable: nothing that was noted before comes back. */
  replace(kind: number, fill: (payload: DataView) => void): void {
    for (const _ of SLOTS) this.write(kind, fill)
    this.#file.sync()
  }

  #newest(): Slot | undefined {
    const slots = SLOTS.map((slot) => readSlot(this.#file, slot * SLOT_DISTANCE))
    return slots.reduce((one, other) => ((other?.sequence ?? -1) > (one?.sequence ?? -1) ? other : one))
  }
}

function readSlot(file: WitnessStorage, offset: number): Slot | undefined {
  const slot = new Uint8Array(SLOT_SIZE)
  if (file.read(slot, offset) < SLOT_SIZE || slot[0] !== VERSION) return undefined
  const view = new DataView(slot.buffer)
  const { first, second } = sumOf(wordsOf(slot))
  if (view.getInt32(SUM_AT, true) !== first || view.getInt32(SUM_AT + 4, true) !== second) return undefined
  return {
    kind: view.getUint8(KIND_AT),
    sequence: view.getUint32(SEQUENCE_AT, true),
    payload: new DataView(slot.buffer, PAYLOAD_AT, PAYLOAD_SIZE),
  }
}

function sumOf(words: Int32Array): Sum {
  const sum: Sum = { first: 0, second: 0 }
  addToSum(sum, words, 0, SUM_AT / 4)
  return sum
}
