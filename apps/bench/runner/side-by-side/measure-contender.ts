import type { TaskName } from '../../src/side-by-side/task-list.ts'
import type { Scale } from '../../src/side-by-side/scale.ts'
import { openBenchBrowser, type BenchBrowser } from '../bench-browser.ts'
import { attempt, type Round } from './attempt.ts'
import { performIn } from './contender-page.ts'
import { measureDownload } from './measure-download.ts'
import { measureMemory, MEMORY } from './measure-memory.ts'
import { TASK_WORKLOADS } from './task-workloads.ts'

const TASKS = Object.keys(TASK_WORKLOADS) as readonly TaskName[]
/** Starts of each kind: no other figure is as restless. */
const STARTS = 3

/** All that one contender does in one repetition, in a profile of its own. */
export async function measureContender(round: Round): Promise<void> {
  const { contender, figures, scale } = round
  await using browser = await openBenchBrowser()
  const perform = performIn(browser, contender.name)
  await attempt(round, ['bytes'], async () => {
    figures.add(contender.name, 'bytes', [await measureDownload(browser, contender.name)])
  })
  for (const task of TASKS) {
    await attempt(round, TASK_WORKLOADS[task], async () => {
      const measures = await perform('measure', task, scale)
      for (const [workload, values] of Object.entries(measures)) figures.add(contender.name, workload, values)
    })
  }
  await attempt(round, ['start-new'], async () => {
    const times: number[] = []
    for (let start = 0; start < STARTS; start++) times.push(await perform('startNew', start))
    figures.add(contender.name, 'start-new', times)
  })
  if (contender.forgets === undefined) await measureExisting(browser, round)
  else
    for (const workload of workloadsOfExisting(scale))
      figures.fail(contender.name, workload, contender.forgets)
}

function workloadsOfExisting({ megabytes }: Scale): readonly string[] {
  return [...megabytes.map((size) => `start-${size}`), 'point-cold', 'point-cached', ...MEMORY]
}

/** What was written before the browser was ended and started again. */
async function measureExisting(browser: BenchBrowser, round: Round): Promise<void> {
  const { contender, figures, scale, repetition } = round
  const { name, forgets } = contender
  const perform = performIn(browser, name)
  const largest = Math.max(...scale.megabytes)
  for (const megabytes of scale.megabytes) {
    const workloads = [`start-${megabytes}`, ...(megabytes === largest ? ['point-cold', 'point-cached'] : [])]
    await attempt(round, [...workloads, ...(megabytes === largest ? MEMORY : [])], async () => {
      if (forgets !== undefined) throw new Error(forgets)
      await perform('fill', megabytes)
    })
  }
  await browser.restart()
  for (const task of TASKS) {
    if (forgets !== undefined) continue
    await attempt(round, TASK_WORKLOADS[task], () => perform('verify', task, scale))
  }
  for (const megabytes of scale.megabytes) {
    await attempt(round, [`start-${megabytes}`], async () => {
      const times: number[] = []
      for (let start = 0; start < STARTS; start++) times.push(await perform('start', megabytes))
      figures.add(name, `start-${megabytes}`, times)
    })
  }
  await attempt(round, ['point-cold', 'point-cached'], async () => {
    const { cold, cached } = await perform('readPoints', largest, repetition)
    figures.add(name, 'point-cold', cold)
    figures.add(name, 'point-cached', cached)
  })
  await attempt(round, MEMORY, () => measureMemory(browser, round))
}
