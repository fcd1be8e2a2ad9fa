import { vi } from 'vitest'

/** A worker that was killed lets go of its files some time after that. */
export async function removeFiles(path: string): Promise<void> {
  const root = await navigator.storage.getDirectory()
  await vi.waitFor(async () => {
    for await (const name of root.keys()) if (name.startsWith(path)) await root.removeEntry(name)
  }, 15_000)
}
