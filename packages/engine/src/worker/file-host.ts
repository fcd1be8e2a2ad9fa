import type { EngineContext } from './engine-context.ts'
import type { DatabaseSource, OpenDatabase } from './open-database.ts'

/** What the engine gives to those who work on the files of its database, be it open or not. */
export interface FileHost {
  readonly context: EngineContext
  readonly source: () => DatabaseSource | undefined
  readonly database: () => OpenDatabase | undefined
}
