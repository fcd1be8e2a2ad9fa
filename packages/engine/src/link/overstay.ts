import type { PendingRequest } from './pending-request.ts'
import type { RequestType } from './protocol.ts'

/** Requests that can keep an engine busy for long, or whose loss would lose work. */
const WORK: ReadonlySet<RequestType> = new Set<RequestType>([
  'statement',
  'script',
  'batch',
  'commit',
  'savepoint',
  'streamOpen',
  'streamNext',
  'attach',
  'detach',
  'exportNext',
  'verify',
  'repair',
  'salvage',
  'salvageNext',
  'move',
  'importChunk',
  'importFinish',
  'delete',
  'close',
])

/**
 * Whether an engine that does not even acknowledge the abort of `aborted` may be replaced for it:
 * not if something else may be what keeps it busy, which would be lost for no fault of its own.
 */
export function mayReplaceFor(aborted: PendingRequest, inFlight: readonly PendingRequest[]): boolean {
  return inFlight.every((other) => {
    if (other === aborted || !WORK.has(other.request.type)) return true
    if (other.options.isRepeatable === true || other.options.signal?.aborted === true) return true
    // What came later waits for what came before, except for the statements of an open transaction,
    // which go ahead of writes that wait for it.
    return other.request.id > aborted.request.id && transactionOf(other) === undefined
  })
}

function transactionOf({ request }: PendingRequest): number | undefined {
  const { payload } = request
  return payload !== null && 'transaction' in payload ? payload.transaction : undefined
}
