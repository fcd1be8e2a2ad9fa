import { INCREMENTAL_MUTATIONS } from './incremental-mutations.ts'
import type { Mutation } from './mutation.ts'
import { RELEVANCE_MUTATIONS } from './relevance-mutations.ts'

/** All rules that the tests of live queries have to notice when they are broken. */
export const MUTATIONS: readonly Mutation[] = [...RELEVANCE_MUTATIONS, ...INCREMENTAL_MUTATIONS]
