import type { Figure } from '../../src/side-by-side/results.ts'
import { median } from '../../src/ratio.ts'

interface Collected {
  readonly workload: string
  readonly contender: string
  readonly values: number[]
  notRun: string | undefined
}

/** Collects over all repetitions. One failure in any of them, and there is no figure. */
export class Figures {
  readonly #collected = new Map<string, Collected>()

  add(contender: string, workload: string, values: readonly number[]): void {
    this.#of(contender, workload).values.push(...values)
  }

  fail(contender: string, workload: string, reason: string): void {
    this.#of(contender, workload).notRun ??= reason
  }

  all(): readonly Figure[] {
    return [...this.#collected.values()].map(({ workload, contender, values, notRun }) =>
      notRun === undefined
        ? {
            workload,
            contender,
            values,
            median: median(values),
            min: Math.min(...values),
            max: Math.max(...values),
          }
        : { workload, contender, notRun },
    )
  }

  #of(contender: string, workload: string): Collected {
    const key = `${contender}\n${workload}`
    const present = this.#collected.get(key)
    if (present !== undefined) return present
    const added = { workload, contender, values: [], notRun: undefined }
    this.#collected.set(key, added)
    return added
  }
}
