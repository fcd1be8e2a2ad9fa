import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Diagnosis } from '../../src/doctor/finding.ts'
import { Connection } from '../../src/link/connection.ts'
import { HELLO } from '../../src/link/hello.ts'
import type { Failure } from '../../src/link/pending-request.ts'
import type { TransportListeners } from '../../src/link/transport.ts'
import { useFakeTimers } from './worker-clock.ts'

const DIAGNOSIS: Diagnosis = {
  code: 'worker-silent',
  sentence: 'It says nothing.',
  remedy: 'Have it say something.',
}

beforeEach(() => useFakeTimers())
afterEach(() => vi.useRealTimers())

/** A connection to an engine that says nothing, the reason of which is found after so many milliseconds. */
function connectToSilence(ms: number): { readonly speak: () => void; readonly lost: readonly Failure[] } {
  const lost: Failure[] = []
  let listeners: TransportListeners | undefined
  const transport = {
    post: () => undefined,
    listen: (given: TransportListeners) => void (listeners = given),
    terminate: () => undefined,
    examine: () => new Promise<Diagnosis>((resolve) => setTimeout(() => resolve(DIAGNOSIS), ms)),
  }
  const ignore = (): void => undefined
  const events = { deliver: ignore, notify: ignore, moved: ignore, deposed: ignore }
  void new Connection(transport, { ...events, lost: (reason) => lost.push(reason) })
  return { speak: () => listeners?.message(HELLO), lost }
}

test.each([
  [1000, DIAGNOSIS.sentence],
  [3000, DIAGNOSIS.sentence],
  [60_000, "The engine's worker did not answer within 5000 ms."],
])('that is looked into for %i ms ends the engine with: %s', async (ms, sentence) => {
  const { lost } = connectToSilence(ms)

  await vi.advanceTimersByTimeAsync(8000)

  expect(lost).toMatchObject([{ error: { code: 'worker-failed', message: sentence } }])
})

test('that ends while it is looked into is none', async () => {
  const { speak, lost } = connectToSilence(3000)

  await vi.advanceTimersByTimeAsync(5500)
  speak()
  await vi.advanceTimersByTimeAsync(60_000)

  expect(lost).toEqual([])
})
