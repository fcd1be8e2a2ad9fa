import type { Durability } from '../src/block-storage/data.ts'
import { median } from '../src/ratio.ts'

/** What is measured, each in a table of its own. */
export interface Workload {
  readonly name: string
  readonly unit: 'ms' | 'a second' | 'MB'
}

/** What one contender did in one workload. Whoever could not do it is listed all the same. */
export interface Figure {
  readonly workload: Workload
  readonly contender: string
  readonly durability: Durability
  readonly values: readonly number[]
  readonly median: number | undefined
  /** How many times better than absurd-sql: more is better. */
  readonly timesAbsurdSql: number | undefined
  readonly notRun: string | undefined
}

interface Collected {
  readonly workload: Workload
  readonly contender: string
  readonly durability: Durability
  readonly values: number[]
  notRun: string | undefined
}

const REFERENCE = 'absurd-sql'

/** Collects over all rounds. One failure in any of them, and there is no figure. */
export class Figures {
  readonly #collected = new Map<string, Collected>()

  add(workload: Workload, contender: string, durability: Durability, values: readonly number[]): void {
    this.#of(workload, contender, durability).values.push(...values)
  }

  fail(workload: Workload, contender: string, durability: Durability, reason: string): void {
    this.#of(workload, contender, durability).notRun ??= reason
  }

  all(): readonly Figure[] {
    const references = new Map<Workload, number>()
    for (const one of this.#collected.values()) {
      if (one.contender === REFERENCE && one.notRun === undefined) {
        references.set(one.workload, median(one.values))
      }
    }
    return [...this.#collected.values()].map(({ values, notRun, ...rest }) => {
      const middle = notRun === undefined ? median(values) : undefined
      const reference = references.get(rest.workload)
      return {
        ...rest,
        notRun,
        values: notRun === undefined ? values : [],
        median: middle,
        timesAbsurdSql: timesBetter(rest.workload, middle, reference),
      }
    })
  }

  #of(workload: Workload, contender: string, durability: Durability): Collected {
    const key = [workload.name, contender, durability].join('\n')
    const present = this.#collected.get(key)
    if (present !== undefined) return present
    const added = { workload, contender, durability, values: [], notRun: undefined }
    this.#collected.set(key, added)
    return added
  }
}

function timesBetter(
  { unit }: Workload,
  value: number | undefined,
  reference: number | undefined,
): number | undefined {
  // What takes nothing at all is no times better.
  if (!value || reference === undefined) return undefined
  return unit === 'a second' ? value / reference : reference / value
}
