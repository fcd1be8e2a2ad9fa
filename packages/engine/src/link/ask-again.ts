import type { PendingRequest } from './pending-request.ts'
import type { RequestType } from './protocol.ts'

/** Requests that may be made of another host, which has been told nothing of what was under way in the one before. */
const REPEATABLE: ReadonlySet<RequestType> = new Set<RequestType>([
  'statement',
  'script',
  'batch',
  'begin',
  'streamOpen',
  'attach',
  'detach',
  'exportOpen',
  'importOpen',
  'move',
  'sync',
  'metrics',
  'examine',
  'repair',
])

/**
 * Whether a request that a host has left unanswered can be asked of the next: it looks up whether a write was
 * done. What belongs to a transaction or a stream cannot, since those have ended with the host.
 */
export function canAskAgain({ request, options }: PendingRequest): boolean {
  if (options.isEarly === true) return false
  if (options.outlivesHost === true) return true
  const { type, payload } = request
  const isOfTransaction =
    type !== 'begin' && payload !== null && 'transaction' in payload && payload.transaction !== undefined
  return REPEATABLE.has(type) && options.life === undefined && !isOfTransaction
}

/** The same of an engine that has recorded nothing: only what has no effects. */
export function isPlainRead({ options }: PendingRequest): boolean {
  return options.isRepeatable === true
}

/** Whether nothing is lost if an engine ends before it has answered: the next one does all of it. */
export function leavesNothing(pending: PendingRequest): boolean {
  return isPlainRead(pending) || pending.options.isEarly === true || pending.request.type === 'host'
}

/** The request as it is made of the next host. */
export function askAgain(pending: PendingRequest): PendingRequest {
  return {
    ...pending,
    request: { ...pending.request, again: true },
    options: { ...pending.options, life: undefined },
  }
}
