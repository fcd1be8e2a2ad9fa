import { expect, test } from 'vitest'
import { FAST_4G, SlowLink } from '../../runner/first-row/slow-link.ts'

const ANSWER = Uint8Array.from({ length: 100_000 }, (_, i) => i % 251)

test('answers that share a link arrive whole, and no sooner than it can carry both', async () => {
  const link = new SlowLink()
  const start = performance.now()
  const answers = await Promise.all([receive(link), receive(link)])
  const elapsedMs = performance.now() - start
  expect(answers).toEqual([ANSWER, ANSWER])
  const carriedMs = ((2 * ANSWER.length) / FAST_4G.bytesPerSecond) * 1000
  // What is due within a millisecond is sent at once.
  expect(elapsedMs).toBeGreaterThanOrEqual(FAST_4G.latencyMs + carriedMs - 2)
})

async function receive(link: SlowLink): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of link.send(ANSWER)) parts.push(part)
  return new Uint8Array(parts.flatMap((part) => [...part]))
}
