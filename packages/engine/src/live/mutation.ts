import type { Database, RunResult } from '../handle.ts'
import type { StatementInput } from '../statement-input.ts'
import type { SqlParameters } from '../values.ts'
import { createCell } from './cell.ts'
import type { Readable } from './snapshot.ts'

/** What an adapter's mutation hook is given as its work: a function of the database and the variables. */
export type MutationFunction<Variables, Data> = (database: Database, variables: Variables) => Promise<Data>

/** What is known of the latest call of a mutation. Replaced by another object when it changes. */
export type MutationSnapshot<Data> =
  | {
      readonly status: 'idle'
      readonly data: undefined
      readonly error: undefined
      readonly isPending: false
    }
  | {
      readonly status: 'pending'
      readonly data: undefined
      readonly error: undefined
      readonly isPending: true
    }
  | { readonly status: 'success'; readonly data: Data; readonly error: undefined; readonly isPending: false }
  | { readonly status: 'error'; readonly data: undefined; readonly error: unknown; readonly isPending: false }

/**
 * One place in a user interface that writes, and the state of its latest call. Calls may overlap:
 * each settles its own promise, the newest one alone decides the state. For adapters.
 */
export interface Mutation<Data> extends Readable<MutationSnapshot<Data>> {
  /** Calls `write` at once and settles as it does; what it throws is a rejection. */
  readonly start: (write: () => Promise<Data>) => Promise<Data>
  /** Back to `idle`. Calls under way go on, without a say in the state. */
  readonly reset: () => void
}

/** What a server renders, and the state before the first call. */
export const IDLE_MUTATION: MutationSnapshot<never> = Object.freeze({
  status: 'idle',
  data: undefined,
  error: undefined,
  isPending: false,
})

/**
 * Makes the state of one mutation, for an adapter to bind to its framework.
 *
 * @example
 * const mutation = createMutation<RunResult>()
 * const stop = mutation.subscribe(() => render(mutation.getSnapshot()))
 * await mutation.start(() => db.run('delete from todo where done'))
 */
export function createMutation<Data>(): Mutation<Data> {
  const state = createCell<MutationSnapshot<Data>>(IDLE_MUTATION)
  let newest = 0

  return {
    ...state.readable,
    start: async (write) => {
      const call = ++newest
      state.set({ status: 'pending', data: undefined, error: undefined, isPending: true })
      try {
        const data = await write()
        if (call === newest) state.set({ status: 'success', data, error: undefined, isPending: false })
        return data
      } catch (error) {
        if (call === newest) state.set({ status: 'error', data: undefined, error, isPending: false })
        throw error
      }
    },
    reset: () => {
      newest += 1
      state.set(IDLE_MUTATION)
    },
  }
}

/** Makes a function of what a mutation was given: a statement is run with the variables as parameters. */
export function toMutationFunction(
  work: StatementInput | MutationFunction<never, unknown>,
): MutationFunction<never, unknown> {
  if (typeof work === 'function') return work
  return (database: Database, parameters: SqlParameters | undefined): Promise<RunResult> =>
    database.run(work, parameters)
}
