import { assertDatabaseName } from '../../database-name.ts'
import type { BlockStore, ChosenStore, DatabaseFiles } from './block-store.ts'
import { MemoryFile } from './memory-file.ts'

export function memoryStore(): ChosenStore {
  return { store: new MemoryStore(), reason: 'Memory was asked for; nothing is kept.' }
}

/** Databases that live as long as the store: for tests, and where losing the data is acceptable. */
export class MemoryStore implements BlockStore {
  readonly kind = 'memory'
  readonly durable = false
  readonly #databases = new Map<string, DatabaseFiles>()

  async open(database: string): Promise<DatabaseFiles> {
    assertDatabaseName(database)
    const present = this.#databases.get(database)
    if (present !== undefined) return present
    const files = {
      main: new MemoryFile(),
      wal: new MemoryFile(),
      journal: new MemoryFile(),
      incoming: new MemoryFile(),
    }
    this.#databases.set(database, files)
    return files
  }

  async close(): Promise<void> {
    // The content is all there is: it is kept until it is deleted.
  }

  async delete(database: string): Promise<void> {
    this.#databases.delete(database)
  }
}
