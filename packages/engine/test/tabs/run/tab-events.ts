import fc from 'fast-check'
import { ACCOUNTS } from '../bank.ts'

/** What happens to a tab. What cannot happen at that moment is replaced by what can (`TabRun`). */
export type TabChange =
  | 'open'
  | 'close'
  | 'crash'
  | 'reload'
  | 'leave'
  | 'return'
  | 'freeze'
  | 'unfreeze'
  | 'front'
  /** Closes the handle and opens the database again, in the same page. */
  | 'reopen'
  /** Nothing but that all orders under way are awaited. */
  | 'settle'

/** Which register, entry or transfer it is depends on the tab and the moment. */
export type Work =
  | { readonly kind: 'read' | 'write' | 'increment'; readonly register: number }
  | { readonly kind: 'insert' | 'batch' | 'script'; readonly count: number }
  | {
      readonly kind: 'transfer'
      readonly source: number
      readonly step: number
      readonly amount: number
      readonly retry: boolean
    }
  | { readonly kind: 'total' }

export interface TabEvent {
  readonly change: TabChange
  readonly whom: 'host' | 'guest'
  /** Chooses among those that it can happen to. */
  readonly pick: number
  /** What is ordered right before it, and of which tab. */
  readonly work: readonly { readonly tab: number; readonly work: Work }[]
}

/** How many registers are in use at one time. */
export const REGISTERS_AT_ONCE = 4

const work: fc.Arbitrary<Work> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('read' as const, 'write' as const, 'increment' as const, 'increment' as const),
      register: fc.nat(REGISTERS_AT_ONCE - 1),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('insert' as const, 'insert' as const, 'batch' as const, 'script' as const),
      count: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('transfer' as const),
      source: fc.integer({ min: 1, max: ACCOUNTS }),
      step: fc.integer({ min: 1, max: ACCOUNTS - 1 }),
      amount: fc.integer({ min: 1, max: 400 }),
      retry: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'total' as const }) },
)

const WEIGHTS: Readonly<Record<TabChange, number>> = {
  open: 6,
  close: 4,
  crash: 4,
  reload: 3,
  leave: 2,
  return: 3,
  freeze: 2,
  unfreeze: 3,
  front: 4,
  reopen: 2,
  settle: 3,
}

/** The same events for the same seed. */
export function drawTabEvents(options: {
  readonly count: number
  readonly seed: number
  readonly without: readonly TabChange[]
}): readonly TabEvent[] {
  const changes = (Object.keys(WEIGHTS) as TabChange[]).filter((change) => !options.without.includes(change))
  const event = fc.record({
    change: fc.oneof(
      ...changes.map((change) => ({ weight: WEIGHTS[change], arbitrary: fc.constant(change) })),
    ),
    whom: fc.constantFrom('host' as const, 'guest' as const),
    pick: fc.nat(1000),
    work: fc.array(fc.record({ tab: fc.nat(1000), work }), { maxLength: 12, size: 'max' }),
  })
  return fc.sample(event, { numRuns: options.count, seed: options.seed })
}
