import type { RequestTypes } from '../link/protocol.ts'
import type { Remember, StoreChoice } from './engine-host.ts'
import type { DatabaseSource, OpenDatabase } from './open-database.ts'
import type { ChosenStore } from './storage/block-store.ts'
import { DataSyncError } from '../errors.ts'
import { moveDatabase } from './storage/move-database.ts'

export type MoveTarget = RequestTypes['move']['payload']['storage']

/** Makes another store the home of an open database, which is then to be opened there. Nobody may write meanwhile. */
export async function copyToTarget(
  { chooseTarget }: StoreChoice,
  { options, exclusively }: DatabaseSource,
  database: OpenDatabase,
  storage: MoveTarget,
  remember: Remember,
): Promise<ChosenStore> {
  if (chooseTarget === undefined) {
    throw new DataSyncError('unsupported', 'A database that is only in memory cannot be moved.')
  }
  const target = chooseTarget({ ...options, storage }, remember)
  await moveDatabase({ open: () => database.openPages(), exclusively }, target.store, options.name)
  remember({ name: options.name, backend: storage })
  return target
}
