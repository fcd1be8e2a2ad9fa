import {
  createMutation,
  IDLE_MUTATION,
  toMutationFunction,
  type Database,
  type MutationFunction,
  type MutationSnapshot,
  type RunResult,
  type SqlParameters,
  type StatementInput,
} from '@datasync/engine'
import { useInsertionEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useDatabase } from './use-database.ts'

export interface MutationOptions {
  /** Instead of the provider's. */
  readonly database?: Database | undefined
}

/** The state of the latest call, and how to make one. The functions never change. */
export type MutationResult<Variables, Data> = MutationSnapshot<Data> & {
  /** For event handlers: what goes wrong is in `error`, and nowhere else. */
  readonly mutate: (variables: Variables) => void
  /** Settles as this very call does, whichever calls came after it. Live queries show the write by then. */
  readonly mutateAsync: (variables: Variables) => Promise<Data>
  /** Back to `idle`. Calls under way go on. */
  readonly reset: () => void
}

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
  options?: MutationOptions,
): MutationResult<SqlParameters | void, RunResult>
export function useMutation<Data, Variables = void>(
  write: MutationFunction<Variables, Data>,
  options?: MutationOptions,
): MutationResult<Variables, Data>
export function useMutation(
  work: StatementInput | MutationFunction<never, unknown>,
  options?: MutationOptions,
): MutationResult<never, unknown> {
  const database = useDatabase(options?.database)
  const [mutation] = useState(createMutation<unknown>)
  const snapshot = useSyncExternalStore(mutation.subscribe, mutation.getSnapshot, getServerSnapshot)

  // A call does what was rendered last, while `mutate` stays one function, fit for the dependencies
  // of an effect. An insertion effect runs before any effect that could call it.
  const perform = (variables: never): Promise<unknown> => toMutationFunction(work)(database, variables)
  const latest = useRef(perform)
  useInsertionEffect(() => {
    latest.current = perform
  })

  const [calls] = useState(() => {
    const mutateAsync = (variables: never): Promise<unknown> =>
      mutation.start(() => latest.current(variables))
    const mutate = (variables: never): void => void mutateAsync(variables).catch(leaveToState)
    return { mutate, mutateAsync, reset: mutation.reset }
  })

  return { ...snapshot, ...calls }
}

const getServerSnapshot = (): typeof IDLE_MUTATION => IDLE_MUTATION

/** `mutate` has told of the error in the state. */
function leaveToState(): void {}
