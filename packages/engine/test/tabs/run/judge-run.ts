import { checkHistory } from '../history-checker/check-history.ts'
import type { Content, TabReport } from '../page/tab-page.ts'
import { now } from '../page/now.ts'
import { toFinalState } from './final-state.ts'
import { untilNothing } from './in-time.ts'
import type { TabRun } from './tab-run.ts'

/** What is wrong after a run, as sentences: with what the tabs have and show, or with what had happened. */
export async function judgeRun(run: TabRun): Promise<readonly string[]> {
  await run.calmDown()
  const end = now()
  const contents = await Promise.all(run.seats.map((seat) => seat.call('read')))
  const [content] = contents
  if (content === undefined) return ['No tab is left.']
  await untilNothing(async () => findDisagreements(await run.reports(), content))
  const faults = contents.filter((other) => JSON.stringify(other) !== JSON.stringify(content))
  return [
    ...faults.map(() => 'Two tabs have read different contents, although nobody wrote.'),
    ...contents
      .filter(({ integrity }) => integrity !== 'ok')
      .map(({ integrity }) => `The database has ${String(integrity)}.`),
    ...run.seats.flatMap(({ name, tab }) =>
      tab.uncaught.map((error) => `${name} has an uncaught error: ${error}`),
    ),
    ...run.log.rejections(),
    ...checkHistory({
      operations: run.log.operations(),
      snapshots: run.log.snapshots,
      final: toFinalState(content),
      end,
    }),
  ]
}

/** Where what the tabs show differs from what is there, and whether one of them, and no other, is the host. */
function findDisagreements(reports: readonly TabReport[], content: Content): readonly string[] {
  const accounts = JSON.stringify(content.accounts)
  const hosts = reports.filter(({ role }) => role === 'host')
  return [
    ...reports
      .filter(({ phase, role }) => phase !== 'open' || role === undefined)
      .map(({ tab, phase, role }) => `${tab} is ${phase} as ${role}`),
    ...(hosts.length === 1 ? [] : [`${hosts.length} tabs are the host`]),
    ...reports
      .filter(({ entries }) => entries !== content.journal.length)
      .map(({ tab, entries }) => `${tab} shows ${entries} entries of ${content.journal.length}`),
    ...reports
      .filter(
        (report) => JSON.stringify(report.accounts?.map(({ id, balance }) => [id, balance])) !== accounts,
      )
      .map(({ tab }) => `${tab} shows other accounts than there are`),
  ]
}
