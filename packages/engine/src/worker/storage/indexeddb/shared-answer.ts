/*
 * Memory that two workers share, by which one stands still until the other has answered:
 *
 *    0  4  the number of the request that was answered last
 *    4  4  1: answered, 2: failed
 *    8  4  how many of the extents that were asked for are dealt with
 *   12  4  bytes of content
 *   16     content: for each extent that there is, 4 bytes its number, 4 its length, and its record;
 *          of a failure, the text of its error record
 */
const CONTROL = 16
const ANSWERED = 1
const FAILED = 2

/** Bytes of content: enough for the longest read-ahead. */
const CAPACITY = 2 * 1024 * 1024

export interface SharedAnswer {
  /** How many of the extents that were asked for are dealt with. */
  readonly count: number
  readonly extents: ReadonlyMap<number, Uint8Array>
}

/** One end of it. Only made on an isolated page. */
export class SharedAnswerBuffer {
  readonly memory: SharedArrayBuffer
  readonly #control: Int32Array<SharedArrayBuffer>
  readonly #content: Uint8Array<SharedArrayBuffer>

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(CONTROL + CAPACITY)) {
    this.memory = memory
    this.#control = new Int32Array(memory, 0, CONTROL / 4)
    this.#content = new Uint8Array(memory, CONTROL)
  }

  /** Stands still until `request` is answered; undefined if it is not within `timeout` milliseconds. */
  waitFor(request: number, timeout: number): SharedAnswer | { readonly failure: string } | undefined {
    const deadline = performance.now() + timeout
    for (let seen = this.#answered(); seen !== request; seen = this.#answered()) {
      const left = deadline - performance.now()
      if (left <= 0) return undefined
      Atomics.wait(this.#control, 0, seen, left)
    }
    const length = this.#control[3] ?? 0
    const content = new Uint8Array(this.#content.subarray(0, length))
    if (this.#control[1] === FAILED) return { failure: new TextDecoder().decode(content) }
    return { count: this.#control[2] ?? 0, extents: unpack(content) }
  }

  /** Answers with as many of the extents as there is room for. */
  answer(request: number, extents: readonly number[], found: ReadonlyMap<number, Uint8Array>): void {
    let length = 0
    let count = 0
    const view = new DataView(this.memory, CONTROL)
    for (const extent of extents) {
      const record = found.get(extent)
      if (record !== undefined) {
        if (length + 8 + record.length > this.#content.length) break
        view.setUint32(length, extent)
        view.setUint32(length + 4, record.length)
        this.#content.set(record, length + 8)
        length += 8 + record.length
      }
      count++
    }
    this.#publish(request, ANSWERED, count, length)
  }

  fail(request: number, failure: string): void {
    const bytes = new TextEncoder().encode(failure).subarray(0, this.#content.length)
    this.#content.set(bytes)
    this.#publish(request, FAILED, 0, bytes.length)
  }

  #publish(request: number, state: number, count: number, length: number): void {
    this.#control[1] = state
    this.#control[2] = count
    this.#control[3] = length
    Atomics.store(this.#control, 0, request)
    Atomics.notify(this.#control, 0)
  }

  #answered(): number {
    return Atomics.load(this.#control, 0)
  }
}

function unpack(content: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const extents = new Map<number, Uint8Array>()
  const view = new DataView(content.buffer)
  for (let at = 0; at < content.length;) {
    const length = view.getUint32(at + 4)
    extents.set(view.getUint32(at), content.subarray(at + 8, at + 8 + length))
    at += 8 + length
  }
  return extents
}
