import { checkAccounts } from './check-accounts.ts'
import { checkJournal } from './check-journal.ts'
import { checkRegisters } from './check-registers.ts'
import { checkSnapshots } from './check-snapshots.ts'
import type { History } from './history.ts'

/** What of a history of many tabs cannot be, as sentences; nothing where all promises were kept. */
export function checkHistory(history: History): readonly string[] {
  return [
    ...checkRegisters(history),
    ...checkJournal(history),
    ...checkAccounts(history),
    ...checkSnapshots(history.snapshots),
  ]
}
