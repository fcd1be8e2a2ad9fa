import { addToSum, wordsOf, type Sum } from './page-sum.ts'

/** Two sums of two words for each frame. */
const WORDS_PER_FRAME = 4
const sum: Sum = { first: 0, second: 0 }

/** The part of a frame that a sum is of. */
export type FramePart = 'header' | 'page'

/** What was last written into each frame of a log, or found there, as sums. */
export class FrameSums {
  #words = new Int32Array(1024)
  #known = new Uint8Array(1024 / WORDS_PER_FRAME)

  /** Whether this is what is known of the frame; anything is, of one that nothing is known of. */
  fits(frame: number, part: FramePart, bytes: Uint8Array): boolean {
    if (!this.knows(frame, part)) return true
    const at = wordOf(frame, part)
    sumUp(bytes)
    return this.#words[at] === sum.first && this.#words[at + 1] === sum.second
  }

  knows(frame: number, part: FramePart): boolean {
    return ((this.#known[frame] ?? 0) & bitOf(part)) !== 0
  }

  set(frame: number, part: FramePart, bytes: Uint8Array): void {
    while (this.#known.length <= frame) this.#grow()
    const at = wordOf(frame, part)
    sumUp(bytes)
    this.#words[at] = sum.first
    this.#words[at + 1] = sum.second
    this.#known[frame] = (this.#known[frame] ?? 0) | bitOf(part)
  }

  /** Forgets frames from `start`, up to and without `end`. */
  forget(start: number, end: number = Infinity): void {
    this.#known.fill(0, Math.max(0, start), Math.min(end, this.#known.length))
  }

  #grow(): void {
    const [words, known] = [this.#words, this.#known]
    this.#words = new Int32Array(words.length * 2)
    this.#words.set(words)
    this.#known = new Uint8Array(known.length * 2)
    this.#known.set(known)
  }
}

function wordOf(frame: number, part: FramePart): number {
  return frame * WORDS_PER_FRAME + (part === 'header' ? 0 : 2)
}

function bitOf(part: FramePart): number {
  return part === 'header' ? 1 : 2
}

function sumUp(bytes: Uint8Array): void {
  sum.first = 0
  sum.second = 0
  const words = wordsOf(bytes)
  addToSum(sum, words, 0, words.length)
}
