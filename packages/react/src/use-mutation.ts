import {
  createMutation,
  IDLE_MUTATION,
  performMutation,
  type DatabaseChoice,
  type MutationFunction,
  type MutationResult,
  type RunResult,
  type SqlParameters,
  type StatementInput,
} from '@datasync/engine'
import { useInsertionEffect, useState, useSyncExternalStore } from 'react'
import { useDatabase } from './use-database.ts'

/**
 * Writes, with state for a button or a form. Given a statement, `mutate` takes its parameters; given
 * a function, `mutate` takes its variables. Works on after the component is gone.
 *
 * @example
 * const rename = useMutation('update todo set title = :title where id = :id')
 * return <button disabled={rename.isPending} onClick={() => rename.mutate({ id, title })}>Save</button>
 *
 * @example
 * const clear = useMutation((db) => db.transaction(async (tx) => tx.run('delete from todo where done')))
 */
export function useMutation(
  statement: StatementInput,
  options?: DatabaseChoice,
): MutationResult<SqlParameters | void, RunResult>
export function useMutation<Data, Variables = void>(
  write: MutationFunction<Variables, Data>,
  options?: DatabaseChoice,
): MutationResult<Variables, Data>
export function useMutation(
  work: StatementInput | MutationFunction<never, unknown>,
  options?: DatabaseChoice,
): MutationResult<never, unknown> {
  const database = useDatabase(options?.database)
  const perform = (variables: never): Promise<unknown> => performMutation(database, work, variables)
  const [mutation] = useState(() => createMutation(perform))
  // A call does what was rendered last. An insertion effect runs before any effect that could call.
  useInsertionEffect(() => mutation.setWrite(perform))

  const { mutate, mutateAsync, reset } = mutation
  const snapshot = useSyncExternalStore(mutation.subscribe, mutation.getSnapshot, getServerSnapshot)
  return { ...snapshot, mutate, mutateAsync, reset }
}

const getServerSnapshot = (): typeof IDLE_MUTATION => IDLE_MUTATION
