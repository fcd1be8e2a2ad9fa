import type { DatabaseOptions } from '../database/database-options.ts'
import type { Database } from '../handle.ts'
import type { EngineHost } from '../worker/engine-host.ts'
import { createDatabaseHandle } from '../database/database-handle.ts'
import { checkOptions } from '../database/database-options.ts'
import { SharedDatabase } from '../database/shared-database.ts'
import { createInProcessTransport, type InProcessTransport } from './in-process-transport.ts'
import { createMacrotasks } from './macrotasks.ts'

/** What a database for tests can be given. It is always this test's own. */
export interface TestDatabaseOptions extends Pick<
  DatabaseOptions,
  'migrations' | 'cacheSize' | 'durability' | 'syncPolicy' | 'wasmUrl'
> {
  /** `'test'` unless told. Names need not be unique: each database is apart from all others. */
  readonly name?: string | undefined
}

export interface TestDatabase extends Database {
  /**
   * Resolves when nothing is under way any more: every call that can be answered is, every live query
   * is up to date, and all listeners have been called.
   */
  flush(): Promise<void>
}

/** A database whose engine runs in this very thread, over the store that is chosen for it. */
export function createInProcessDatabase(
  options: TestDatabaseOptions,
  chooseStore: EngineHost['chooseStore'],
): TestDatabase {
  const { name = 'test', ...rest } = options
  const settings = checkOptions(name, { ...rest, storage: 'memory' })
  let transport: InProcessTransport | undefined
  const connect = (): InProcessTransport => {
    transport = createInProcessTransport(chooseStore)
    return transport
  }
  const shared = new SharedDatabase(name, settings, connect, undefined)
  const database = createDatabaseHandle(shared, () => shared.link.close())
  const tasks = createMacrotasks()
  const turn = (): Promise<void> => new Promise((resolve) => tasks.add(resolve))

  const flush = async (): Promise<void> => {
    // Found idle twice: what listeners and callers do next begins in the microtasks in between.
    let idleTurns = 0
    while (idleTurns < 2) {
      await turn()
      idleTurns = transport === undefined || transport.isIdle ? idleTurns + 1 : 0
    }
  }
  return Object.defineProperties({ flush } as TestDatabase, {
    ...Object.getOwnPropertyDescriptors(database),
  })
}
