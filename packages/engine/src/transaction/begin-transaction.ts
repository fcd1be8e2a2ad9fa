import type { Transaction, TransactionOptions } from '../handle.ts'
import type { SharedDatabase } from '../database/shared-database.ts'
import { checkTimeout } from '../calls/check-timeout.ts'
import { DataSyncError } from '../errors.ts'
import { valueOf } from '../link/value-of.ts'
import { TransactionLevel } from './transaction-handle.ts'
import { TransactionState } from './transaction-state.ts'

/** Milliseconds after which a transaction is undone unless its caller says otherwise. */
const TRANSACTION_TIMEOUT = 5000

const MODES = ['deferred', 'immediate', 'exclusive'] as const

export interface BegunTransaction {
  readonly state: TransactionState
  readonly level: TransactionLevel
}

/** Waits for the writer, or takes a snapshot, and begins. */
export async function beginTransaction(
  database: SharedDatabase,
  options: TransactionOptions = {},
): Promise<BegunTransaction> {
  const { mode = 'immediate', signal } = options
  const isReadonly = options.readonly === true
  const timeout =
    options.timeout === undefined ? TRANSACTION_TIMEOUT : (checkTimeout(options.timeout) ?? Infinity)
  if (!MODES.includes(mode)) {
    throw new DataSyncError('invalid-argument', `The mode of a transaction is one of ${MODES.join(', ')}.`)
  }
  const { link, guard, nextStream } = database
  if (!isReadonly) database.noteWaitingCall()
  const transaction = database.nextTransaction()
  valueOf(await link.request('begin', { transaction, mode, readonly: isReadonly, timeout }, { signal }))
  const state = new TransactionState(transaction, link, { signal, timeout, isReadonly })
  database.noteTransaction(state)
  const level = new TransactionLevel({ state, nextStream, guard: isReadonly ? undefined : guard })
  return { state, level }
}

/** Runs a callback in a transaction: committed if it fulfils, undone if it rejects or is cut off. */
export async function runTransaction<T>(
  database: SharedDatabase,
  callback: (tx: Transaction) => Promise<T>,
  options?: TransactionOptions,
): Promise<T> {
  for (;;) {
    const { state, level } = await beginTransaction(database, options)
    try {
      const result = await Promise.race([
        level.runCallback(callback),
        state.cutOff.then((reason) => valueOf<never>(reason)),
      ])
      valueOf(await state.commit())
      return result
    } catch (error) {
      await state.rollback()
      if (options?.retry !== true || !state.isHostChanged) throw error
    }
  }
}
