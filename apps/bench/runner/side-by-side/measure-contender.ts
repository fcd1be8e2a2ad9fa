import type { TaskName } from '../../src/side-by-side/task-list.ts'
import { openBenchBrowser } from '../bench-browser.ts'
import { attempt, type Round } from './attempt.ts'
import { performIn, type Perform } from './contender-page.ts'
import { measureDownload } from './measure-download.ts'
import { fillExisting, measureExisting, workloadsOfExisting } from './measure-existing.ts'
import { TASK_NAMES, TASK_WORKLOADS } from './task-workloads.ts'

/** No other figure is as restless. */
const STARTS = 3

/** All that one contender does in one repetition, in a profile of its own. */
export async function measureContender(round: Round): Promise<void> {
  const { contender, figures, scale } = round
  const { name, forgets } = contender
  await using browser = await openBenchBrowser()
  const perform = performIn(browser, name)
  await attempt(round, 'download', ['bytes'], async () => {
    figures.add(name, 'bytes', [await measureDownload(browser, name)])
  })
  const done = await measureTasks(perform, round, TASK_NAMES)
  await attempt(round, 'start', ['start-new'], async () => {
    for (let start = 0; start < STARTS; start++) {
      figures.add(name, 'start-new', [await perform('startNew', start)])
    }
  })
  if (forgets !== undefined) {
    for (const workload of workloadsOfExisting(scale)) figures.fail(name, workload, forgets)
    return
  }
  const filled = await fillExisting(perform, round)
  await browser.restart()
  await attempt(
    round,
    'all again',
    done.flatMap((task) => TASK_WORKLOADS[task]),
    () => perform('verify', done, scale),
  )
  await measureExisting(browser, round, filled, STARTS)
}

/** Answers the tasks that were done. */
export async function measureTasks(
  perform: Perform,
  round: Round,
  tasks: readonly TaskName[],
): Promise<readonly TaskName[]> {
  const { contender, figures, scale } = round
  const done: TaskName[] = []
  for (const task of tasks) {
    const isDone = await attempt(round, task, TASK_WORKLOADS[task], async () => {
      const measures = await perform('measure', task, scale)
      for (const workload of TASK_WORKLOADS[task]) {
        const values = measures[workload]
        if (values === undefined)
          figures.fail(contender.name, workload, 'it is done together with something else')
        else figures.add(contender.name, workload, values)
      }
    })
    if (isDone) done.push(task)
  }
  return done
}
