import fc from 'fast-check'
import type { MemoryFile } from '../../src/worker/storage/memory-file.ts'
import { frameOffset } from '../../src/worker/storage/log-layout.ts'

const PAGE = 4096

/** One thing that happens to a file behind SQLite's back. Places are fractions of what there is. */
export interface Damage {
  readonly role: 'main' | 'wal'
  readonly kind: 'flip' | 'cut' | 'swap' | 'zero'
  readonly place: number
  readonly otherPlace: number
}

// Not fc.double: half of all doubles below 1 are next to nothing.
const anyPlace = fc.nat(999_999).map((millionths) => millionths / 1_000_000)

export const anyDamage: fc.Arbitrary<Damage> = fc.record({
  role: fc.constantFrom('main', 'wal'),
  kind: fc.constantFrom('flip', 'cut', 'swap', 'zero'),
  // Headers decide most, and are the smallest part of a file.
  place: fc.oneof(
    { weight: 4, arbitrary: anyPlace },
    anyPlace.map((place) => place / 100),
  ),
  otherPlace: anyPlace,
})

/** Damages the file; says whether that changed anything. */
export function damage(file: MemoryFile, { role, kind, place, otherPlace }: Damage): boolean {
  const before = contentOf(file)
  const size = before.length
  if (size === 0) return false
  if (kind === 'cut') file.truncate(Math.floor(place * size))
  else if (kind === 'flip') {
    const bit = Math.floor(place * size * 8)
    const byte = before[bit >> 3] ?? 0
    file.write(Uint8Array.of(byte ^ (1 << (bit & 7))), bit >> 3)
  } else {
    const [first, second] = [blockAt(role, size, place), blockAt(role, size, otherPlace)]
    if (kind === 'zero') file.write(new Uint8Array(Math.min(PAGE, size - first)), first)
    else if (Math.max(first, second) + PAGE <= size) {
      file.write(before.subarray(second, second + PAGE), first)
      file.write(before.subarray(first, first + PAGE), second)
    }
  }
  return contentOf(file).join() !== before.join()
}

/** Where a page begins: in the log, behind the header of its frame. */
function blockAt(role: Damage['role'], size: number, place: number): number {
  if (role === 'main') return Math.floor((place * size) / PAGE) * PAGE
  const frames = Math.max(1, Math.floor(size / frameOffset(1, PAGE)))
  return Math.min(frameOffset(Math.floor(place * frames), PAGE) + 24, size - 1)
}

export function contentOf(file: MemoryFile): Uint8Array {
  const bytes = new Uint8Array(file.size())
  file.read(bytes, 0)
  return bytes
}
