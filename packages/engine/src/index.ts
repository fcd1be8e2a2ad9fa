export { createDatabase } from './database.ts'
export type { ImportOptions, ImportReport, ImportSource } from './database/import-database.ts'
export type { BlockOptions, DatabaseOptions } from './database/database-options.ts'
export type { SyncEvent, SyncListener } from './database/sync-feed.ts'
export type { SyncPolicy } from './database/sync-policy.ts'
export type { DoctorFinding, FindingCode } from './doctor/finding.ts'
export type { DoctorFacts, DoctorReport } from './doctor/report.ts'
export type { ServedFile } from './doctor/served-file.ts'
export { IDLE_STATUS } from './database/database-status.ts'
export { DataSyncError, ERROR_REMEDIES } from './errors.ts'
export type { ErrorCode, ErrorDetail } from './errors.ts'
export type {
  CallOptions,
  Database,
  Executor,
  ExplicitTransaction,
  PreparedStatement,
  Transaction,
  TransactionOptions,
} from './handle.ts'
export type { ExecuteResult, RunResult } from './statement-result.ts'
export type { ChangeOptions, DatabaseStatus, LiveQueryReport } from './database-reports.ts'
export type { TabRole } from './link/seat.ts'
export type { Durability, StorageChoice, StorageStatus } from './link/protocol.ts'
export type {
  ChangeSet,
  QueryExplanation,
  RunCause,
  RunReport,
  TableChange,
  TableTracking,
  Tracking,
} from './link/live-protocol.ts'
export type {
  CacheMetrics,
  FailedSync,
  HostMetrics,
  StorageMetrics,
  SyncCause,
  SyncState,
  SyncStep,
} from './link/sync-protocol.ts'
export type {
  BadBlock,
  CheckAtOpen,
  ForeignKeyViolation,
  LostRange,
  PageOwner,
  RepairReport,
  SalvagedTable,
  SalvageReport,
  StorageDamage,
  VerifyExtent,
  VerifyReport,
} from './link/damage-report.ts'
export { followResults } from './live/follow-results.ts'
export type { ResultFollower } from './live/follow-results.ts'
export { resolveGetter } from './live/maybe-getter.ts'
export type { MaybeGetter } from './live/maybe-getter.ts'
export type { DatabaseChoice } from './live/database-choice.ts'
export { createMutation, IDLE_MUTATION, performMutation } from './live/mutation.ts'
export type {
  Mutation,
  MutationCalls,
  MutationFunction,
  MutationResult,
  MutationSnapshot,
} from './live/mutation.ts'
export { observeInfiniteQuery, observeQuery } from './live/observe-query.ts'
export type { QueryStatement } from './live/observe-query.ts'
export { createQueryReader } from './live/query-reader.ts'
export type { QueryReader } from './live/query-reader.ts'
export { createResultReader } from './live/query-result.ts'
export type {
  InfiniteQueryOptions,
  InfiniteQueryResult,
  QueryOptions,
  QueryResult,
  ResultReader,
} from './live/query-result.ts'
export { requireDatabase } from './live/require-database.ts'
export type { PageOptions } from './live/page-options.ts'
export type {
  ObserveOptions,
  PagesCalls,
  PagesObserver,
  PagesSnapshot,
  PagesState,
  QueryObserver,
  QuerySnapshot,
  Readable,
} from './live/snapshot.ts'
export type { Migration, MigrationStep } from './database/migrations.ts'
export { sql } from './sql.ts'
export type { SqlFragment, SqlTag } from './sql.ts'
export type { Statement, StatementInput } from './statement-input.ts'
export type { SqlParameter, SqlParameters, SqlRow, SqlValue } from './values.ts'
