import type { MoveTarget } from './copy-to-target.ts'
import type { DatabaseLife } from './database-life.ts'
import type { EngineContext } from './engine-context.ts'
import type { Imports } from './imports.ts'
import type { Inbox } from './inbox.ts'
import type { Task } from './task.ts'
import type { TurnQueue } from './turn-queue.ts'
import { DataSyncError } from '../errors.ts'
import { reportUncaught } from './report-uncaught.ts'

export interface MoveParts {
  readonly context: EngineContext
  readonly life: DatabaseLife
  readonly imports: Imports
  readonly turns: TurnQueue
  readonly inbox: Inbox
  readonly endAll: (reason: DataSyncError) => Task<void>
}

/** Makes what moves the database of an engine to another store. The writer must be kept meanwhile. */
export function createMove({
  context,
  life,
  imports,
  turns,
  inbox,
  endAll,
}: MoveParts): (storage: MoveTarget) => Promise<void> {
  return async (storage: MoveTarget): Promise<void> => {
    const target = await life.copyTo(storage)
    if (target === undefined) return
    const reason = new DataSyncError('transaction-closed', 'The database was moved.')
    // Whoever asks for something meanwhile waits.
    inbox.admitOnly(() => false)
    try {
      await turns.exclusively(() => endAll(reason))
      imports.forget()
      await life.enterTarget(target, storage)
      context.liveQueries.noteAll({ kind: 'resumed' })
    } catch (error) {
      // There is nothing any more that could be asked. Another engine finds it where it is now.
      reportUncaught(error)
      throw error
    } finally {
      inbox.admitAll()
    }
  }
}
