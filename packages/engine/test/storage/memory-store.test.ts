import { expect, test } from 'vitest'
import { MemoryStore } from '../../src/worker/storage/memory-store.ts'
import { nastyNames } from './nasty-names.ts'

test('databases are told apart by their names, kept when closed, and gone when deleted', async () => {
  const store = new MemoryStore()
  for (const [index, name] of nastyNames.entries()) {
    const { main } = await store.open(name)
    main.write(Uint8Array.of(index), 0)
    await store.close()
  }
  for (const [index, name] of nastyNames.entries()) {
    const read = new Uint8Array(1)
    const { main } = await store.open(name)
    main.read(read, 0)
    expect(read[0]).toBe(index)
    await store.delete(name)
    expect((await store.open(name)).main.size()).toBe(0)
  }
})

test.each(['', '\ud800'])('%j names no database', async (name) => {
  await expect(new MemoryStore().open(name)).rejects.toMatchObject({ code: 'invalid-name' })
})
