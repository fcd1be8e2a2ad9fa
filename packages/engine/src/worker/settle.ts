import type { ChangeSet } from '../link/live-protocol.ts'
import type { EngineContext } from './engine-context.ts'
import type { Task } from './task.ts'
import { toErrorRecord } from '../link/error-record.ts'

export interface SettleActions {
  readonly nextCommit: () => number
  /** Goes back to what is stored, and tells whoever was to be told of more. */
  readonly undo: (error: unknown) => Task<void>
  /** Whether live queries may see the content as it is. */
  readonly mayShow: boolean
}

/**
 * Ends a turn: makes what it committed durable, then brings the live queries up to date, so that
 * acknowledgements and new results leave in one message. Returns what was committed, if anything was.
 */
export function* settle(
  context: EngineContext,
  { nextCommit, undo, mayShow }: SettleActions,
): Task<ChangeSet | undefined> {
  if (context.sync.durability === 'strict' && context.database.logs.needSync) {
    // One flush for all commits of the turn. Where it fails, none of them is acknowledged, or kept.
    try {
      yield* context.sync.run('commit')
    } catch (error) {
      if (context.database.canRevert) yield* undo(error)
      else context.sessions.failWrites(toErrorRecord(error))
    }
  }
  const changes = takeChanges(context, nextCommit)
  if (changes !== undefined) context.sync.noteCommit()
  if (mayShow && context.liveQueries.isDue) yield* refreshLiveQueries(context)
  context.database.writer.watchRows(context.liveQueries.watches)
  return changes
}

function takeChanges(
  { database, liveQueries }: EngineContext,
  nextCommit: () => number,
): ChangeSet | undefined {
  const { committed } = database.writer
  if (committed.isEmpty) return undefined
  if (committed.everything) database.invalidateCatalogs()
  liveQueries.noteChanges(committed)
  const changes = {
    commit: nextCommit(),
    changes: committed.describe(),
    everything: committed.everything,
  }
  committed.clear()
  return changes
}

function* refreshLiveQueries({ database, liveQueries }: EngineContext): Task<void> {
  try {
    if (!(yield* database.hasWriterOnlySchemas())) {
      const { connection, catalog } = yield* database.live()
      yield* liveQueries.refresh(connection, catalog)
    } else if (database.writer.connection.autocommit) {
      // Else the transaction that is open there ends in a turn of its own, which refreshes.
      yield* liveQueries.refresh(database.writer.connection, database.writer.catalog)
    }
  } catch (error) {
    liveQueries.failDue(error)
  }
}
