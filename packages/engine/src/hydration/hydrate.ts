import { DataSyncError } from '../errors.ts'
import type { Database } from '../handle.ts'
import { fromPlainRows } from '../live/plain-rows.ts'
import { SEED, staleSnapshot, type Seed, type Seedable } from '../live/seed.ts'
import { STATE_FORMAT, type DehydratedState } from './dehydrated-state.ts'
import { withServerRows, type Seeds } from './with-server-rows.ts'

/**
 * Has queries show the rows that a server had until their live ones are there: those of the same statement and
 * parameters, from the first render on, marked `isStale`. Live rows take their place together, in one step; a
 * row that is equal stays the same object.
 *
 * In a browser it gives back the same handle. On a server, whose handle serves many users, it gives one of this request
 * alone: provide that one.
 *
 * @returns The handle to be provided. The same again for the same handle and state.
 * @throws DataSyncError `invalid-argument` if `state` is not what `dehydrate` of this version made, or JSON made
 * of it.
 *
 * @example
 * createRoot(element).render(
 *   <DatabaseProvider database={hydrate(db, state)}>
 *     <App />
 *   </DatabaseProvider>,
 * )
 */
export function hydrate(database: Database, state: DehydratedState): Database {
  const known = HYDRATED.get(database) ?? new WeakMap<DehydratedState, Database>()
  const hydrated = known.get(state) ?? applySeeds(database, toSeeds(state))
  HYDRATED.set(database, known.set(state, hydrated))
  return hydrated
}

/** Frameworks call again with what they rendered before: what was spent is not given anew. */
const HYDRATED = new WeakMap<Database, WeakMap<DehydratedState, Database>>()

function applySeeds(database: Database & Seedable, seeds: Seeds): Database {
  if (typeof document === 'undefined') return withServerRows(database, seeds)
  const seed = database[SEED]
  if (seed === undefined) {
    throw new DataSyncError('invalid-argument', 'hydrate() takes a database that createDatabase() made.')
  }
  for (const [key, each] of seeds) seed(key, each)
  return database
}

function toSeeds(state: DehydratedState): Seeds {
  try {
    if (state.format === STATE_FORMAT) return new Map(state.queries.map(toSeed))
  } catch (error) {
    throw new DataSyncError('invalid-argument', NO_STATE, {}, error)
  }
  throw new DataSyncError('invalid-argument', NO_STATE)
}

function toSeed({ key, ...rows }: DehydratedState['queries'][number]): [string, Seed] {
  if (typeof key !== 'string') throw new TypeError('A query has no key.')
  return [key, { snapshot: staleSnapshot(fromPlainRows(rows)), isSpent: false }]
}

const NO_STATE =
  'hydrate() takes what dehydrate() of the same version of DataSync made, or what JSON made of that.'
