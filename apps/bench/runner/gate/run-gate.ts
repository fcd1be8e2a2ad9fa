import type { TaskName } from '../../src/side-by-side/task-list.ts'
import { QUICK } from '../../src/side-by-side/scale.ts'
import { openBenchBrowser } from '../bench-browser.ts'
import { performIn } from '../side-by-side/contender-page.ts'
import { Figures } from '../side-by-side/figures.ts'
import { measureTasks } from '../side-by-side/measure-contender.ts'
import { lookAround } from '../side-by-side/run-side-by-side.ts'
import { TASK_NAMES, TASK_WORKLOADS } from '../side-by-side/task-workloads.ts'
import { workloadsOf } from '../side-by-side/workloads.ts'
import { compareRatios, type GateOutcome } from './compare-ratios.ts'
import { GATE_RATIOS } from './gate-ratios.ts'

const REPETITIONS = 3

/** Measures ours and others in turns, and compares the ratios between them with those that are known. */
export async function runGate(): Promise<readonly GateOutcome[]> {
  const names = new Set(GATE_RATIOS.flatMap(({ ours, other }) => [ours, other]))
  const contenders = (await lookAround(QUICK)).contenders.filter(({ name }) => names.has(name))
  const figures = new Figures()
  const tooSlow = new Set<string>()
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    for (const contender of contenders) {
      await using browser = await openBenchBrowser()
      const round = { contender, figures, scale: QUICK, repetition, tooSlow }
      await measureTasks(performIn(browser, contender.name), round, tasksOf(contender.name))
    }
  }
  return compareRatios(GATE_RATIOS, workloadsOf(QUICK), figures.all())
}

/** What a contender has to do for the ratios that it is part of. */
function tasksOf(contender: string): readonly TaskName[] {
  const workloads = GATE_RATIOS.filter(({ ours, other }) => ours === contender || other === contender).map(
    ({ workload }) => workload,
  )
  return TASK_NAMES.filter((task) => TASK_WORKLOADS[task].some((workload) => workloads.includes(workload)))
}
