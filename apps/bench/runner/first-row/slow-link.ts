import { setTimeout as delay } from 'node:timers/promises'

/**
 * What Chromium's developer tools name Fast 4G, after the factors that they correct it by. They do
 * not slow down what a worker asks for before they have attached to it; a server slows down all alike.
 */
export const FAST_4G = { latencyMs: 165, bytesPerSecond: (9_000_000 / 8) * 0.9 } as const

const CHUNK_BYTES = 4096

/** One line that all answers share, in turns. */
export class SlowLink {
  #freeAt = 0

  /** The parts of an answer, each at the time at which it has arrived. */
  async *send(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    await delay(FAST_4G.latencyMs)
    for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
      const chunk = bytes.subarray(start, start + CHUNK_BYTES)
      const now = performance.now()
      this.#freeAt = Math.max(now, this.#freeAt) + (chunk.length / FAST_4G.bytesPerSecond) * 1000
      // A timer is up to a millisecond late: what is due sooner is sent at once, and the next waits for both.
      if (this.#freeAt - now > 1) await delay(this.#freeAt - now)
      yield chunk
    }
  }
}
