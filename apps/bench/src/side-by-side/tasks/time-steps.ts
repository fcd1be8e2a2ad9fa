import { timed } from '../task.ts'

/** Steps that are done and checked before those that count, until the code of everyone is compiled. */
export const WARM_UP = 5

/** The milliseconds of all steps but the first. What comes of a step is checked while no time is taken. */
export async function timeSteps<Step, Result>(
  steps: readonly Step[],
  work: (step: Step) => Promise<Result>,
  check: (result: Result, step: Step) => void,
): Promise<readonly number[]> {
  const durations: number[] = []
  for (const step of steps) {
    const results: Result[] = []
    durations.push(await timed(async () => results.push(await work(step))))
    for (const result of results) check(result, step)
  }
  return durations.slice(WARM_UP)
}
