import type { Transaction } from '../handle.ts'
import type { Connection } from '../link/connection.ts'
import type { Answer } from '../link/pending-request.ts'
import type { OuterHandleGuard } from '../transaction/outer-handle-guard.ts'
import { DataSyncError } from '../errors.ts'
import { toErrorRecord } from '../link/error-record.ts'
import { failure, OK } from '../link/pending-request.ts'
import { valueOf } from '../link/value-of.ts'
import { TransactionLevel } from '../transaction/transaction-handle.ts'
import { TransactionState } from '../transaction/transaction-state.ts'

/** SQL text of any number of statements, or what is to be done with the transaction. */
export type MigrationStep = string | ((tx: Transaction) => Promise<void>)

/** A step, with a name for error messages if it has one. */
export type Migration = MigrationStep | { readonly name: string; readonly up: MigrationStep }

/** A migration may take long on a large database, but one that never ends would keep all calls waiting. */
const MIGRATION_TIMEOUT = 10 * 60_000

export interface MigrationContext {
  readonly migrations: readonly Migration[]
  readonly guard: OuterHandleGuard
  readonly nextTransaction: () => number
  readonly nextStream: () => number
}

/**
 * Runs the migrations that a database has not seen, in order, each in a transaction that also counts
 * it: `user_version` is the number of those that were run.
 */
export async function runMigrations(
  context: MigrationContext,
  connection: Connection,
  userVersion: number,
): Promise<Answer<null>> {
  const { migrations } = context
  if (migrations.length === 0) return OK
  if (userVersion > migrations.length) {
    return failure(
      'schema-newer',
      `The database has seen ${userVersion} migrations, this version of the app has ${migrations.length}.`,
    )
  }
  for (let version = userVersion; version < migrations.length; version++) {
    const migration = migrations[version]
    if (migration === undefined) continue
    try {
      await runMigration(context, connection, migration, version + 1)
    } catch (error) {
      return describeFailure(migration, version + 1, error)
    }
  }
  return OK
}

async function runMigration(
  { guard, nextTransaction, nextStream }: MigrationContext,
  connection: Connection,
  migration: Migration,
  version: number,
): Promise<void> {
  const up = typeof migration === 'object' ? migration.up : migration
  const transaction = nextTransaction()
  const link = {
    life: 0,
    request: connection.request.bind(connection),
  }
  const timeout = MIGRATION_TIMEOUT
  // Of this very engine: the next one is asked by a migration of its own.
  const begin = { transaction, mode: 'immediate', readonly: false, timeout } as const
  valueOf(await connection.request('begin', begin, { life: 0 }))
  const state = new TransactionState(transaction, link, { timeout, isReadonly: false })
  const level = new TransactionLevel({ state, nextStream, guard })
  try {
    // Another tab may have been faster, where the host leaves the schema to its guests.
    const { user_version: seen } =
      (await level.handle.get<{ user_version: number }>('pragma user_version')) ?? {}
    if (seen !== undefined && seen >= version) return void (await state.rollback())
    const work = level.runCallback(async (tx) => (typeof up === 'string' ? tx.exec(up) : up(tx)))
    await Promise.race([work, state.cutOff.then((reason) => valueOf(reason))])
    valueOf(await state.commit(version))
  } catch (error) {
    await state.rollback()
    throw error
  }
}

function describeFailure(migration: Migration, number: number, cause: unknown): Answer<null> {
  const isEngineGone =
    cause instanceof DataSyncError && ['worker-lost', 'host-changed', 'closed'].includes(cause.code)
  if (isEngineGone) return { ok: false, error: toErrorRecord(cause), cause }
  const name = typeof migration === 'object' ? ` ("${migration.name}")` : ''
  const reason = cause instanceof DataSyncError ? cause.sentence : String(cause)
  return failure('migration-failed', `Migration ${number}${name} failed: ${reason}`, cause)
}
