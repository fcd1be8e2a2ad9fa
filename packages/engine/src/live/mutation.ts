import type { Database } from '../handle.ts'
import type { StatementInput } from '../statement-input.ts'
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

/** How to make the calls of a mutation. The functions never change, and need no `this`. */
export interface MutationCalls<Variables, Data> {
  /** For event handlers: what goes wrong is in `error`, and nowhere else. */
  readonly mutate: (variables: Variables) => void
  /** Settles as this very call does, whichever calls came after it. Live queries show the write by then. */
  readonly mutateAsync: (variables: Variables) => Promise<Data>
  /** Back to `idle`. Calls under way go on, without a say in the state. */
  readonly reset: () => void
}

/** The state of the latest call, and how to make one: what adapters return that give plain objects. */
export type MutationResult<Variables, Data> = MutationSnapshot<Data> & MutationCalls<Variables, Data>

/**
 * One place in a user interface that writes, and the state of its latest call. Calls may overlap:
 * each settles its own promise, the newest one alone decides the state. For adapters.
 */
export interface Mutation<Variables, Data>
  extends Readable<MutationSnapshot<Data>>, MutationCalls<Variables, Data> {
  /** What calls do from now on, where that changes with each render. */
  readonly setWrite: (write: (variables: Variables) => Promise<Data>) => void
}

/** What a server renders, and the state before the first call. */
export const IDLE_MUTATION: MutationSnapshot<never> = Object.freeze({
  status: 'idle',
  data: undefined,
  error: undefined,
  isPending: false,
})

/**
 * Makes one mutation, for an adapter to bind to its framework. What `write` throws is a rejection.
 *
 * @example
 * const remove = createMutation((id: number) => db.run('delete from todo where id = ?', [id]))
 * const stop = remove.subscribe(() => show(remove.getSnapshot()))
 * await remove.mutateAsync(1)
 */
export function createMutation<Variables, Data>(
  write: (variables: Variables) => Promise<Data>,
): Mutation<Variables, Data> {
  const state = createCell<MutationSnapshot<Data>>(IDLE_MUTATION)
  let latestWrite = write
  let newest = 0

  const mutateAsync = async (variables: Variables): Promise<Data> => {
    const call = ++newest
    state.set({ status: 'pending', data: undefined, error: undefined, isPending: true })
    try {
      const data = await latestWrite(variables)
      if (call === newest) state.set({ status: 'success', data, error: undefined, isPending: false })
      return data
    } catch (error) {
      if (call === newest) state.set({ status: 'error', data: undefined, error, isPending: false })
      throw error
    }
  }
  return {
    ...state.readable,
    mutateAsync,
    mutate: (variables) => void mutateAsync(variables).catch(leaveToState),
    reset: () => {
      newest += 1
      state.set(IDLE_MUTATION)
    },
    setWrite: (next) => {
      latestWrite = next
    },
  }
}

/** `mutate` has told of the error in the state. */
function leaveToState(): void {}

/**
 * Does what a mutation was given as its work: a statement is run with the variables as its parameters,
 * a function is called with them. For adapters.
 *
 * @example
 * const mutation = createMutation((variables: never) => performMutation(db, work, variables))
 */
export function performMutation(
  database: Database,
  work: StatementInput | MutationFunction<never, unknown>,
  variables: never,
): Promise<unknown> {
  if (typeof work === 'function') return work(database, variables)
  return database.run(work, variables)
}
