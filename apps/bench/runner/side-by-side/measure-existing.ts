import type { Scale } from '../../src/side-by-side/scale.ts'
import type { BenchBrowser } from '../bench-browser.ts'
import { attempt, type Round } from './attempt.ts'
import { performIn, type Perform } from './contender-page.ts'
import { measureMemory, MEMORY } from './measure-memory.ts'

const POINTS = ['point-cold', 'point-cached'] as const

/** What is measured with databases that were filled before the browser was started anew. */
export function workloadsOfExisting({ megabytes }: Scale): readonly string[] {
  return [...megabytes.map(startOf), ...POINTS, ...MEMORY]
}

/** Answers the sizes that were made. */
export async function fillExisting(perform: Perform, round: Round): Promise<readonly number[]> {
  const filled: number[] = []
  for (const megabytes of round.scale.megabytes) {
    const workloads = workloadsWith(megabytes, round.scale)
    const isDone = await attempt(round, `fill ${megabytes} MB`, workloads, () => perform('fill', megabytes))
    if (isDone) filled.push(megabytes)
  }
  return filled
}

export async function measureExisting(
  browser: BenchBrowser,
  round: Round,
  filled: readonly number[],
  starts: number,
): Promise<void> {
  const { contender, figures, scale, repetition } = round
  const { name } = contender
  const perform = performIn(browser, name)
  for (const megabytes of filled) {
    await attempt(round, `start ${megabytes} MB`, [startOf(megabytes)], async () => {
      for (let start = 0; start < starts; start++) {
        figures.add(name, startOf(megabytes), [await perform('start', megabytes)])
      }
    })
  }
  const largest = largestOf(scale)
  if (!filled.includes(largest)) return
  await attempt(round, 'points', POINTS, async () => {
    const { cold, cached } = await perform('readPoints', largest, repetition)
    figures.add(name, 'point-cold', cold)
    figures.add(name, 'point-cached', cached)
  })
  await attempt(round, 'memory', MEMORY, () => measureMemory(browser, round))
}

function workloadsWith(megabytes: number, scale: Scale): readonly string[] {
  const start = [startOf(megabytes)]
  return megabytes === largestOf(scale) ? [...start, ...POINTS, ...MEMORY] : start
}

function startOf(megabytes: number): string {
  return `start-${megabytes}`
}

function largestOf({ megabytes }: Scale): number {
  return Math.max(...megabytes)
}
