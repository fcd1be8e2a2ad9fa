import type { TabPage } from '../page/tab-page.ts'
import type { Tab } from './tab.ts'

/** Calls a method of the program in a tab. */
export function callTab<Name extends keyof TabPage>(
  tab: Tab,
  name: Name,
  ...parameters: Parameters<TabPage[Name]>
): Promise<Awaited<ReturnType<TabPage[Name]>>> {
  return tab.evaluate(`tabPage.${name}(...${JSON.stringify(parameters)})`)
}

/** Runs a function in a tab, with all that it needs as its parameter. */
export function runInTab<Parameter, Result>(
  tab: Tab,
  run: (parameter: Parameter) => Result | Promise<Result>,
  parameter: Parameter,
): Promise<Result> {
  return tab.evaluate(`(${run.toString()})(${JSON.stringify(parameter)})`)
}
