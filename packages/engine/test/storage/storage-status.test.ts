import { onTestFinished, expect, test, vi } from 'vitest'
import { memoryStore } from '../../src/worker/storage/memory-store.ts'
import { storageStatus } from '../../src/worker/storage/storage-status.ts'

const refuse = (): Promise<never> => Promise.reject(new TypeError('storage is not allowed here'))

test.each([
  ['estimate', { estimate: refuse, persisted: async () => true }],
  ['persisted', { estimate: async () => ({ quota: 1, usage: 0 }), persisted: refuse }],
])('where the browser refuses %s, as in a sandboxed frame, the rest is told', async (_, storage) => {
  vi.stubGlobal('navigator', { storage })
  onTestFinished(() => void vi.unstubAllGlobals())
  expect(await storageStatus(memoryStore(), 'shop')).toMatchObject({
    backend: 'memory',
    lostCommits: 0,
    persisted: undefined,
    quota: undefined,
    usage: undefined,
  })
})
