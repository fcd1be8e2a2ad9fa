import type { ContenderInfo } from '../../src/side-by-side/contender.ts'
import type { Results } from '../../src/side-by-side/results.ts'
import type { Scale } from '../../src/side-by-side/scale.ts'
import { openBenchBrowser } from '../bench-browser.ts'
import { listContenders } from './contender-page.ts'
import { describeMachine } from './describe-machine.ts'
import { Figures } from './figures.ts'
import { measureContender } from './measure-contender.ts'
import { measureOtherSuites } from './other-suites.ts'
import { targetsOf } from './targets.ts'
import { workloadsOf } from './workloads.ts'

/** Everyone beside everyone else, in one run. */
export async function runSideBySide(scale: Scale): Promise<Results> {
  const { contenders, liveOnly, browser } = await lookAround(scale)
  const collected = new Figures()
  await measureInTurns(contenders, scale, collected)
  const suites = await measureOtherSuites(scale)
  const figures = [...collected.all(), ...suites.figures]
  const workloads = [...workloadsOf(scale), ...suites.workloads]
  return {
    date: new Date().toISOString(),
    scale: scale.name,
    repetitions: scale.repetitions,
    machine: describeMachine(browser),
    contenders: [...contenders, ...liveOnly],
    workloads,
    figures,
    targets: targetsOf(workloads, figures),
  }
}

/** Each repetition begins with another of them, so that nobody has the better moment. */
export async function measureInTurns(
  contenders: readonly ContenderInfo[],
  scale: Scale,
  figures: Figures,
): Promise<void> {
  for (let repetition = 0; repetition < scale.repetitions; repetition++) {
    const first = Math.floor((repetition * contenders.length) / scale.repetitions)
    for (const contender of [...contenders.slice(first), ...contenders.slice(0, first)]) {
      await measureContender({ contender, figures, scale, repetition })
    }
  }
}

/** Who takes part, and in which browser. */
export async function lookAround({ name }: Pick<Scale, 'name'>): Promise<{
  readonly contenders: readonly ContenderInfo[]
  readonly liveOnly: readonly ContenderInfo[]
  readonly browser: string
}> {
  await using browser = await openBenchBrowser()
  const { contenders, liveOnly } = await listContenders(browser)
  return {
    contenders: contenders.filter(({ isOnlyInFull }) => name === 'full' || !isOnlyInFull),
    liveOnly,
    browser: `Chromium ${browser.context.browser()?.version() ?? ''}`,
  }
}
