import type { ContenderInfo } from '../../src/side-by-side/contender.ts'
import type { Results } from '../../src/side-by-side/results.ts'
import type { Scale } from '../../src/side-by-side/scale.ts'
import { openBenchBrowser } from '../bench-browser.ts'
import { listContenders } from './contender-page.ts'
import { describeMachine } from './describe-machine.ts'
import { Figures } from './figures.ts'
import { measureContender } from './measure-contender.ts'
import { measureOtherSuites, NO_SUITE } from './other-suites.ts'
import { targetsOf } from './targets.ts'
import { workloadsOf } from './workloads.ts'

/** Everyone beside everyone else, in one run; or only these of them, in what is not live. */
export async function runSideBySide(scale: Scale, only?: readonly string[]): Promise<Results> {
  const { contenders, liveOnly, browser } = await lookAround(scale, only)
  const collected = new Figures()
  await measureInTurns(contenders, scale, collected)
  const suites = only === undefined ? await measureOtherSuites(scale) : NO_SUITE
  const figures = [...collected.all(), ...suites.figures]
  const workloads = [...workloadsOf(scale), ...suites.workloads]
  return {
    date: new Date().toISOString(),
    scale: scale.name,
    repetitions: scale.repetitions,
    machine: describeMachine(browser),
    contenders: [...contenders, ...liveOnly].filter(({ name }) =>
      figures.some(({ contender }) => contender === name),
    ),
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
  const tooSlow = new Set<string>()
  for (let repetition = 0; repetition < scale.repetitions; repetition++) {
    const first = Math.floor((repetition * contenders.length) / scale.repetitions)
    for (const contender of [...contenders.slice(first), ...contenders.slice(0, first)]) {
      await measureContender({ contender, figures, scale, repetition, tooSlow })
    }
  }
}

/** Who takes part, and in which browser. */
export async function lookAround(
  { name }: Pick<Scale, 'name'>,
  only?: readonly string[],
): Promise<{
  readonly contenders: readonly ContenderInfo[]
  readonly liveOnly: readonly ContenderInfo[]
  readonly browser: string
}> {
  await using browser = await openBenchBrowser()
  const { contenders, liveOnly } = await listContenders(browser)
  return {
    contenders: contenders.filter((one) =>
      only === undefined ? name === 'full' || !one.isOnlyInFull : only.includes(one.name),
    ),
    liveOnly: only === undefined ? liveOnly : [],
    browser: `Chromium ${browser.context.browser()?.version() ?? ''}`,
  }
}
