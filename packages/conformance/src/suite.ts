import { describe, test } from 'vitest'
import type { Driver } from './driver.ts'
import { expectSilentConsole } from './expect-silent-console.ts'
import { changes } from './scenarios/changes.ts'
import { earlyRows } from './scenarios/early-rows.ts'
import { failures } from './scenarios/failures.ts'
import { lifetimes } from './scenarios/lifetimes.ts'
import { options } from './scenarios/options.ts'
import { parameters } from './scenarios/parameters.ts'
import { providers } from './scenarios/providers.ts'
import { servers } from './scenarios/servers.ts'
import { windows } from './scenarios/windows.ts'
import { writers } from './scenarios/writers.ts'
import { createStage, type Scenarios } from './stage.ts'

const SCENARIOS: Readonly<Record<string, Scenarios>> = {
  parameters,
  changes,
  options,
  lifetimes,
  failures,
  providers,
  writers,
  windows,
  servers,
  'early rows': earlyRows,
}

/** Plays every scenario with one adapter, in a real browser. */
export function playScenarios(driver: Driver): void {
  describe(driver.name, () => {
    expectSilentConsole()

    for (const [topic, scenarios] of Object.entries(SCENARIOS)) {
      describe(topic, () => {
        for (const [name, play] of Object.entries(scenarios)) {
          const gap = driver.gaps?.[name]
          if (gap === undefined) test(name, () => play(createStage(driver)))
          else test.fails(`${name} (${gap})`, () => play(createStage(driver)))
        }
      })
    }
  })
}
