import type { EngineContext } from './engine-context.ts'
import type { DatabaseSource, OpenDatabase } from './open-database.ts'

/** What the engine gives to those who work on the files of its database, be it open or not. */
export interface FileHost {
  readonly context: EngineContext
  readonly source: () => DatabaseSource | undefined
  readonly database: () => OpenDatabase | undefined
  /** Called when an import has replaced everything. Set by who knows something of what was there before. */
  whenReplaced?: () => void
}
