import type { ContenderInfo } from '../../src/side-by-side/contender.ts'
import type { Scale } from '../../src/side-by-side/scale.ts'
import { reasonOf } from '../reason-of.ts'
import type { Figures } from './figures.ts'

/** Where figures go, and how much is done. */
export interface Round {
  readonly contender: ContenderInfo
  readonly figures: Figures
  readonly scale: Scale
  readonly repetition: number
}

/** Whoever cannot do something is listed all the same, with the reason. */
export async function attempt(
  { contender, figures }: Round,
  workloads: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  const start = performance.now()
  try {
    await work()
    report(`${contender.name}: ${workloads[0]} …`, start)
  } catch (error) {
    const reason = reasonOf(error)
    for (const workload of workloads) figures.fail(contender.name, workload, reason)
    report(`${contender.name}: ${workloads[0]} … not run: ${reason}`, start)
  }
}

function report(what: string, start: number): void {
  console.error(`${what} (${((performance.now() - start) / 1000).toFixed(1)} s)`)
}
