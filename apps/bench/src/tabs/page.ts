import type { Contender } from './contender.ts'
import { contenders } from './contenders.ts'
import { tabTasks } from './tab-tasks.ts'
import type { Tasks } from './tasks.ts'

/** What the runner knows of a contender, who can only be had in a page. */
export type ContenderInfo = Omit<Contender, 'open'>

/** What `runner/` calls in the page. */
export interface TabsPage {
  readonly contenders: readonly ContenderInfo[]
  /** Opens a database in this tab, which has a number among those of the database. */
  open(contender: string, database: string, tab: number): Promise<void>
  /** Types do not cross into a page: the runner gives and takes those of `Tasks`. */
  perform(task: keyof Tasks, parameters: readonly unknown[]): Promise<unknown>
}

declare global {
  var tabs: TabsPage
}

let tasks: Tasks | undefined

globalThis.tabs = {
  contenders: contenders.map(({ name, isIsolated, hostless, hasStandby, isSlow }) => ({
    name,
    isIsolated,
    hostless,
    hasStandby,
    isSlow,
  })),
  async open(name, database, tab) {
    const contender = contenders.find((candidate) => candidate.name === name)
    if (contender === undefined) throw new Error(`There is no contender ${name}.`)
    tasks = tabTasks(await contender.open(database), tab)
  },
  perform(task, parameters) {
    if (tasks === undefined) throw new Error('Nothing is open in this tab.')
    const perform = tasks[task] as (...given: readonly unknown[]) => Promise<unknown>
    return perform(...parameters)
  },
}
