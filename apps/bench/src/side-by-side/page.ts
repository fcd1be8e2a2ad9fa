import type { ContenderInfo } from './contender.ts'
import { CONTENDERS, LIVE_ONLY } from './contender-list.ts'
import { contenderTasks, type ContenderTasks } from './contender-tasks.ts'

/** What `runner/` calls in the page. */
export interface SideBySidePage {
  readonly contenders: readonly ContenderInfo[]
  readonly liveOnly: readonly ContenderInfo[]
  /** Loads the code of a contender, and nothing of any other. */
  load(contender: string): Promise<void>
  /** Types do not cross into a page: the runner gives and takes those of `ContenderTasks`. */
  perform(task: keyof ContenderTasks, parameters: readonly unknown[]): Promise<unknown>
}

declare global {
  var sideBySide: SideBySidePage
}

let tasks: ContenderTasks | undefined

globalThis.sideBySide = {
  contenders: CONTENDERS.map(({ name, made, durability, forgets, isOnlyInFull }) => ({
    name,
    made,
    durability,
    forgets,
    isOnlyInFull,
  })),
  liveOnly: LIVE_ONLY,
  async load(name) {
    const listed = CONTENDERS.find((candidate) => candidate.name === name)
    if (listed === undefined) throw new Error(`There is no contender ${name}.`)
    tasks = contenderTasks(await listed.load())
  },
  perform(task, parameters) {
    if (tasks === undefined) throw new Error('No contender was loaded.')
    if (!crossOriginIsolated) throw new Error('The clock of this page is too coarse.')
    const perform = tasks[task] as (...given: readonly unknown[]) => Promise<unknown>
    return perform(...parameters)
  },
}
