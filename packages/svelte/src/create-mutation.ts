import {
  createMutation as createMutationState,
  performMutation,
  type DatabaseChoice,
  type MutationCalls,
  type MutationFunction,
  type MutationResult,
  type RunResult,
  type SqlParameters,
  type StatementInput,
} from '@datasync/engine'
import { getDatabase } from './database-context.js'
import { followSnapshot } from './follow-snapshot.svelte.js'
import { toGetters } from './to-getters.js'

/**
 * Writes, with state for a button or a form. Given a statement, `mutate` takes its parameters; given
 * a function, `mutate` takes its variables. Works on after the component is gone.
 *
 * `mutate`, `mutateAsync` and `reset` may be taken out of it; the other fields are read where they are
 * used, as in `save.isPending`.
 *
 * @example
 * const rename = createMutation('update todo set title = :title where id = :id')
 * const save = () => rename.mutate({ id, title })
 *
 * @example
 * const clear = createMutation((db) => db.transaction(async (tx) => tx.run('delete from todo where done')))
 */
export function createMutation(
  statement: StatementInput,
  options?: DatabaseChoice,
): MutationResult<SqlParameters | void, RunResult>
export function createMutation<Data, Variables = void>(
  write: MutationFunction<Variables, Data>,
  options?: DatabaseChoice,
): MutationResult<Variables, Data>
export function createMutation(
  work: StatementInput | MutationFunction<never, unknown>,
  options?: DatabaseChoice,
): MutationResult<never, unknown> {
  const database = getDatabase(options?.database)
  const state = createMutationState((variables: never) => performMutation(database, work, variables))
  const followed = followSnapshot(state, state.getSnapshot)
  const { mutate, mutateAsync, reset } = state

  return toGetters<MutationResult<never, unknown>, keyof MutationCalls<never, unknown>>(
    followed.follow,
    {
      data: () => followed.snapshot.data,
      error: () => followed.snapshot.error,
      status: () => followed.snapshot.status,
      isPending: () => followed.snapshot.isPending,
    },
    { mutate, mutateAsync, reset },
  )
}
