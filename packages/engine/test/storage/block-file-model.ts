import fc from 'fast-check'
import type { BlockFile } from '../../src/worker/storage/block-store.ts'

/** Around this size and its double the memory file changes chunks, and the model is dense enough to be exact. */
const LIMIT = 160_000
const UNTOUCHED = 0xaa

type Operation =
  | {
      readonly kind: 'read' | 'write'
      readonly offset: number
      readonly length: number
      readonly seed: number
    }
  | { readonly kind: 'truncate'; readonly size: number }
  | { readonly kind: 'sync' }

const position = fc.oneof(
  fc.nat(LIMIT),
  fc.integer({ min: 65_526, max: 65_546 }),
  fc.integer({ min: 131_062, max: 131_082 }),
  fc.nat(20),
)
const length = fc.oneof(fc.nat(40), fc.constantFrom(1, 512, 4096, 4120, 65_536), fc.nat(70_000))

const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ kind: fc.constant('write' as const), offset: position, length, seed: fc.nat(255) }),
  fc.record({ kind: fc.constant('read' as const), offset: position, length, seed: fc.nat(255) }),
  fc.record({ kind: fc.constant('truncate' as const), size: position }),
  fc.constant({ kind: 'sync' } as const),
)

/**
 * Runs random operations on a file and on plain bytes, and compares what they answer after each, and
 * their whole content at the end. Throws with the smallest failing list.
 */
export function checkBlockFile(emptyFile: () => BlockFile, runs: number): void {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 40 }), (operations) => {
      const file = emptyFile()
      let model = new Uint8Array(0)
      for (const step of operations) model = apply(step, file, model)
      compareRead(file, model, 0, model.length + 10)
    }),
    { numRuns: runs },
  )
}

function apply(step: Operation, file: BlockFile, model: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  let next = model
  if (step.kind === 'read') {
    compareRead(file, model, step.offset, step.length)
  } else if (step.kind === 'write') {
    const bytes = Uint8Array.from({ length: step.length }, (_, index) => (step.seed + index * 7) % 256)
    file.write(bytes, step.offset)
    // Writing nothing grows nothing, wherever it is written.
    if (step.length > 0) next = resized(model, Math.max(model.length, step.offset + step.length))
    if (step.length > 0) next.set(bytes, step.offset)
  } else if (step.kind === 'truncate') {
    file.truncate(step.size)
    next = resized(model, step.size)
  } else {
    void file.sync()
  }
  if (file.size() !== next.length) throw new Error(`size is ${file.size()}, not ${next.length}`)
  return next
}

function compareRead(file: BlockFile, model: Uint8Array, offset: number, count: number): void {
  const into = new Uint8Array(count).fill(UNTOUCHED)
  const expected = new Uint8Array(count).fill(UNTOUCHED)
  const present = model.subarray(offset, offset + count)
  expected.set(present)
  const answered = file.read(into, offset)
  if (answered !== present.length) throw new Error(`read ${answered} bytes, not ${present.length}`)
  const wrong = into.findIndex((byte, index) => byte !== expected[index])
  if (wrong !== -1) throw new Error(`byte ${offset + wrong} is ${into[wrong]}, not ${expected[wrong]}`)
}

function resized(bytes: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(size)
  copy.set(bytes.subarray(0, size))
  return copy
}
