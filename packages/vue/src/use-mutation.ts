import {
  createMutation,
  performMutation,
  type DatabaseChoice,
  type MutationCalls,
  type MutationFunction,
  type MutationSnapshot,
  type RunResult,
  type SqlParameters,
  type StatementInput,
} from '@datasync/engine'
import { computed, shallowRef, type ComputedRef } from 'vue'
import { useDatabase } from './database-context.ts'

/** The state of the latest call, a ref for each field, and how to make one. */
export type MutationRefs<Variables, Data> = {
  readonly [Field in keyof MutationSnapshot<Data>]: ComputedRef<MutationSnapshot<Data>[Field]>
} & MutationCalls<Variables, Data>

/**
 * Writes, with state for a button or a form. Given a statement, `mutate` takes its parameters; given
 * a function, `mutate` takes its variables. Works on after the component is gone.
 *
 * @example
 * const props = defineProps<{ id: number }>()
 * const title = ref('')
 * const { mutate, isPending } = useMutation('update todo set title = :title where id = :id')
 * const save = () => mutate({ id: props.id, title: title.value })
 *
 * @example
 * const clear = useMutation((db) => db.transaction(async (tx) => tx.run('delete from todo where done')))
 */
export function useMutation(
  statement: StatementInput,
  options?: DatabaseChoice,
): MutationRefs<SqlParameters | void, RunResult>
export function useMutation<Data, Variables = void>(
  write: MutationFunction<Variables, Data>,
  options?: DatabaseChoice,
): MutationRefs<Variables, Data>
export function useMutation(
  work: StatementInput | MutationFunction<never, unknown>,
  options?: DatabaseChoice,
): MutationRefs<never, unknown> {
  const database = useDatabase(options?.database)
  const mutation = createMutation((variables: never) => performMutation(database, work, variables))
  const snapshot = shallowRef(mutation.getSnapshot())
  // Without an end: a call may outlive its component, and whoever made it asks how it went.
  mutation.subscribe(() => void (snapshot.value = mutation.getSnapshot()))
  return {
    data: computed(() => snapshot.value.data),
    error: computed(() => snapshot.value.error),
    status: computed(() => snapshot.value.status),
    isPending: computed(() => snapshot.value.isPending),
    mutate: mutation.mutate,
    mutateAsync: mutation.mutateAsync,
    reset: mutation.reset,
  }
}
