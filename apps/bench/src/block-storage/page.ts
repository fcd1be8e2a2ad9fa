import type { Contender, Tasks } from './contender.ts'
import { contenders } from './contenders.ts'

/** What the runner knows of a contender, whose tasks can only be run in a page. */
export type ContenderInfo = Omit<Contender, 'tasks'>

/** What `runner/` calls in the page. */
export interface BlockStoragePage {
  readonly contenders: readonly ContenderInfo[]
  /** Types do not cross into a page: the runner gives and takes those of `Tasks`. */
  perform(contender: string, task: keyof Tasks, parameters: readonly unknown[]): Promise<unknown>
}

declare global {
  var blockStorage: BlockStoragePage
}

globalThis.blockStorage = {
  contenders: contenders.map(({ name, isIsolated, durabilities, forgets }) => ({
    name,
    isIsolated,
    durabilities,
    forgets,
  })),
  perform(name, task, parameters) {
    const contender = contenders.find((candidate) => candidate.name === name)
    if (contender === undefined) throw new Error(`There is no contender ${name}.`)
    const perform = contender.tasks[task] as (...given: readonly unknown[]) => Promise<unknown>
    return perform(...parameters)
  },
}
