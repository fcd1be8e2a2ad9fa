import { makeStateKey, type StateKey } from '@angular/core'
import type { DehydratedState } from '@datasync/engine/hydration'

/** Where the rows of a database are in `TransferState`: each under a key of its own, if there are several. */
export function dehydratedKey(key = 'datasync'): StateKey<DehydratedState | undefined> {
  return makeStateKey(key)
}
