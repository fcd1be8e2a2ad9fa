import type { Contender } from './contender.ts'
import { contenders } from './contenders.ts'
import { liveTasks } from './live-tasks.ts'
import type { Tasks } from './tasks.ts'

/** What the runner knows of a contender, who can only be had in a page. */
export type ContenderInfo = Omit<Contender, 'open'>

/** What `runner/` calls in the page. */
export interface LivePage {
  readonly contenders: readonly ContenderInfo[]
  /**
   * Does a task with a database that has never been open. Types do not cross into a page: the runner gives and
   * takes those of `Tasks`.
   */
  perform(contender: string, database: string, task: keyof Tasks, size: number): Promise<unknown>
}

declare global {
  var live: LivePage
}

globalThis.live = {
  contenders: contenders.map(({ name, counts }) => ({ name, counts })),
  async perform(name, database, task, size) {
    const contender = contenders.find((candidate) => candidate.name === name)
    if (contender === undefined) throw new Error(`There is no contender ${name}.`)
    if (!crossOriginIsolated) throw new Error('The clock of this page is too coarse.')
    return liveTasks(await contender.open(database))[task](size)
  },
}
