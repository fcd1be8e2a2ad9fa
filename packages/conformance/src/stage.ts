import type { Database } from '@datasync/engine'
import type { DehydratedState } from '@datasync/engine/hydration'
import { expect, onTestFinished, vi } from 'vitest'
import type { Driver, MountedPages, MountedQuery, PagesProps, QueryProps } from './driver.ts'
import { textOf } from './view.ts'

export type Scenario = (stage: Stage) => Promise<void>
export type Scenarios = Readonly<Record<string, Scenario>>

/** What scenarios are played on: a driver, which clears away what it mounted. */
export interface Stage extends Omit<Driver, 'mount' | 'mountPages' | 'hydrate'> {
  readonly mount: (database: Database | undefined, props: QueryProps) => Promise<Shown>
  readonly mountPages: (database: Database, props: PagesProps) => Promise<MountedPages & Words>
  readonly hydrate: (
    database: Database,
    props: QueryProps,
    container: Element,
    state?: DehydratedState,
  ) => Promise<Shown>
}

/** A mounted component, and how to wait for what it shows. */
export type Shown = MountedQuery & Words

interface Words {
  readonly text: () => string
  /** Resolves when these words are on the page. */
  readonly shows: (text: string) => Promise<void>
}

export function createStage(driver: Driver): Stage {
  const show = <Mounted extends MountedQuery | MountedPages>(mounted: Mounted): Mounted & Words => {
    let isMounted = true
    const unmount = async (): Promise<void> => {
      if (isMounted) await mounted.unmount()
      isMounted = false
    }
    onTestFinished(unmount)
    const text = (): string => textOf(mounted.container)
    const words: Words = {
      text,
      shows: async (expected) => {
        await driver.apply(() => eventually(() => expect(text()).toBe(expected)))
      },
    }
    return Object.assign({}, mounted, words, { unmount })
  }
  return {
    ...driver,
    mount: async (database, props) => show(await driver.mount(database, props)),
    mountPages: async (database, props) => show(await driver.mountPages(database, props)),
    hydrate: async (...given) => show(await driver.hydrate(...given)),
  }
}

/** Resolves when an expectation holds. */
export async function eventually(expectation: () => void): Promise<void> {
  await vi.waitFor(expectation, { timeout: 10_000, interval: 5 })
}
