import { databaseFolder } from '../../src/worker/storage/database-folder.ts'
import { databaseNameOf, META, RECORD_KEY, STAGED } from '../../src/worker/storage/indexeddb/schema.ts'
import { resultOf } from '../../src/worker/storage/indexeddb/transaction.ts'

/** How far the storing of a commit in parts has come: not begun or over, begun, or declared to be a commit. */
export type StagedState = 'nothing staged' | 'staged' | 'declared'

/** Read from IndexedDB itself, past the engine. */
export async function stagedState(name: string): Promise<StagedState> {
  const database = await resultOf(indexedDB.open(databaseNameOf(await databaseFolder(name))))
  try {
    const transaction = database.transaction([META, STAGED])
    const [record, parts] = await Promise.all([
      resultOf<{ readonly text: string }>(transaction.objectStore(META).get(RECORD_KEY)),
      resultOf(transaction.objectStore(STAGED).count()),
    ])
    if (parts === 0) return 'nothing staged'
    const { applying } = JSON.parse(record.text) as { readonly applying: object | null }
    return applying === null ? 'staged' : 'declared'
  } finally {
    database.close()
  }
}
