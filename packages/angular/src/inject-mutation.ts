import { computed, signal, type Signal } from '@angular/core'
import {
  createMutation,
  performMutation,
  type MutationCalls,
  type MutationFunction,
  type MutationSnapshot,
  type RunResult,
  type SqlParameters,
  type StatementInput,
} from '@datasync/engine'
import { injectDatabase } from './inject-database.ts'
import { runInjected, type InjectOptions } from './run-injected.ts'

/** The state of the latest call, a signal for each field, and how to make one. */
export type MutationSignals<Variables, Data> = {
  readonly [Field in keyof MutationSnapshot<Data>]: Signal<MutationSnapshot<Data>[Field]>
} & MutationCalls<Variables, Data>

/**
 * Writes, with state for a button or a form. Given a statement, `mutate` takes its parameters; given
 * a function, `mutate` takes its variables. Works on after the component is gone.
 *
 * @example
 * readonly id = input.required<number>()
 * readonly title = input.required<string>()
 * protected readonly rename = injectMutation('update todo set title = :title where id = :id')
 * protected readonly save = () => this.rename.mutate({ id: this.id(), title: this.title() })
 *
 * @example
 * protected readonly clear = injectMutation((db) => db.transaction((tx) => tx.run('delete from todo where done')))
 */
export function injectMutation(
  statement: StatementInput,
  options?: InjectOptions,
): MutationSignals<SqlParameters | void, RunResult>
export function injectMutation<Data, Variables = void>(
  write: MutationFunction<Variables, Data>,
  options?: InjectOptions,
): MutationSignals<Variables, Data>
export function injectMutation(
  work: StatementInput | MutationFunction<never, unknown>,
  options?: InjectOptions,
): MutationSignals<never, unknown> {
  const database = runInjected(injectMutation, options, () => injectDatabase(options?.database))
  const mutation = createMutation((variables: never) => performMutation(database, work, variables))
  const snapshot = signal(mutation.getSnapshot())
  // Nobody else knows this mutation: it is gone with its signals, and this subscription with it.
  mutation.subscribe(() => snapshot.set(mutation.getSnapshot()))
  const { mutate, mutateAsync, reset } = mutation
  return {
    data: computed(() => snapshot().data),
    error: computed(() => snapshot().error),
    status: computed(() => snapshot().status),
    isPending: computed(() => snapshot().isPending),
    mutate,
    mutateAsync,
    reset,
  }
}
