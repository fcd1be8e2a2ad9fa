import fc from 'fast-check'
import { picks, type Picks } from './picker.ts'

/** What may happen to a database that pages subscribe to. */
export type Step =
  | { readonly kind: 'write' | 'change-schema' | 'observe'; readonly picks: Picks }
  | { readonly kind: 'begin'; readonly mode: 'deferred' | 'immediate' | 'exclusive' }
  | { readonly kind: 'commit' | 'rollback' | 'savepoint' | 'release' | 'rollback-to' }
  | { readonly kind: 'batch' | 'burst'; readonly writes: readonly Picks[] }
  | { readonly kind: 'script'; readonly writes: readonly Picks[]; readonly end: 'commit' | 'rollback' }
  | { readonly kind: 'unobserve' | 'refetch'; readonly which: number }

const writes = fc.array(picks, { minLength: 1, maxLength: 4 })

const rowSteps = [
  { weight: 24, arbitrary: fc.record({ kind: fc.constant('write' as const), picks }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('begin' as const),
      mode: fc.constantFrom('deferred', 'immediate', 'exclusive'),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('commit' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rollback' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('savepoint' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('release' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('rollback-to' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('batch' as const, 'burst' as const), writes }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('script' as const),
      writes,
      end: fc.constantFrom('commit', 'rollback'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('observe' as const), picks }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('unobserve' as const, 'refetch' as const),
      which: fc.nat(20),
    }),
  },
] as const

/** Without changes of the schema. */
export const stepOfRows: fc.Arbitrary<Step> = fc.oneof(...rowSteps)

export const step: fc.Arbitrary<Step> = fc.oneof(...rowSteps, {
  weight: 3,
  arbitrary: fc.record({ kind: fc.constant('change-schema' as const), picks }),
})
