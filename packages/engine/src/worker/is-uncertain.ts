import type { DataSyncError, ErrorCode } from '../errors.ts'

/** Failures of the storage after which it may hold anything, or what another has stored. */
const UNCERTAIN: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'fenced',
  'connection-lost',
  'database-lost',
  'storage-unavailable',
])

/** Whether nobody knows, after this failure, what is stored. */
export function isUncertain({ code }: DataSyncError): boolean {
  return UNCERTAIN.has(code)
}
