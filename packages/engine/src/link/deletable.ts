import type { ErrorCode } from '../errors.ts'

/** Failures to open behind which there is a database of ours, which can be deleted. */
export const DELETABLE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'connection-lost',
  'corrupt',
  'database-lost',
  'format-newer',
  'io-error',
  'mirror-full',
  'migration-failed',
  'not-a-database',
  'schema-newer',
])
