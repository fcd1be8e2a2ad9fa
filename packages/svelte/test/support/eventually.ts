import { vi } from 'vitest'

/** Resolves when an expectation holds. */
export async function eventually(expectation: () => void): Promise<void> {
  await vi.waitFor(expectation, { timeout: 10_000, interval: 5 })
}
