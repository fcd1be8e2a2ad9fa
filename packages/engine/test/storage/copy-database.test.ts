import { expect, test } from 'vitest'
import { copyDatabase, type CopySource } from '../../src/worker/storage/copy-database.ts'
import { MemoryStore } from '../../src/worker/storage/memory-store.ts'
import { runNow } from '../support/run-now.ts'

class UndeletableStore extends MemoryStore {
  override async delete(): Promise<void> {
    throw new Error('it cannot be deleted')
  }
}

test('a copy that fails, and cannot be removed either, tells why it failed', async () => {
  const source: CopySource = {
    // oxlint-disable-next-line require-yield -- It ends before anything could be waited for.
    *open() {
      throw new Error('it cannot be read')
    },
    exclusively: async (work) => runNow(work()),
  }
  await expect(copyDatabase(source, new UndeletableStore(), 'shop')).rejects.toThrow('it cannot be read')
})
