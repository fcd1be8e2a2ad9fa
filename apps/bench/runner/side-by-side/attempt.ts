import type { ContenderInfo } from '../../src/side-by-side/contender.ts'
import type { Scale } from '../../src/side-by-side/scale.ts'
import { reasonOf } from '../reason-of.ts'
import type { Figures } from './figures.ts'

/** What one contender does in one repetition, where figures go, and how much is done. */
export interface Round {
  readonly contender: ContenderInfo
  readonly figures: Figures
  readonly scale: Scale
  readonly repetition: number
  /** What takes somebody so long that it is not repeated. */
  readonly tooSlow: Set<string>
}

/** Milliseconds after which something is done in the first repetition only. */
const SLOW = 30_000

/** Whoever cannot do something is listed all the same, with the reason. Answers whether it was done. */
export async function attempt(
  { contender: { name }, figures, tooSlow }: Round,
  what: string,
  workloads: readonly string[],
  work: () => Promise<void>,
): Promise<boolean> {
  if (tooSlow.has(`${name} ${what}`)) return false
  const start = performance.now()
  const reason = await work().then(() => undefined, reasonOf)
  if (reason !== undefined) for (const workload of workloads) figures.fail(name, workload, reason)
  const milliseconds = performance.now() - start
  if (milliseconds > SLOW) tooSlow.add(`${name} ${what}`)
  const outcome = reason === undefined ? '' : ` not run: ${reason}`
  console.error(`${name}, ${what}: ${(milliseconds / 1000).toFixed(1)} s${outcome}`)
  return reason === undefined
}
