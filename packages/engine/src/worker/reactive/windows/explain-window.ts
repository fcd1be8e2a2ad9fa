import type { LiveWindow } from './live-window.ts'
import type { WindowObstacle } from './window-plan.ts'

/** Why a window is not told by the row that it begins with. */
const SHIFTS: Readonly<Record<WindowObstacle, string>> = {
  'unknown-syntax': 'The statement was not understood.',
  combined: 'It is put together of several, or takes rows together (DISTINCT, windows).',
  aggregate: 'It takes rows together (GROUP BY or an aggregate).',
  limit: 'It has a LIMIT of its own.',
  'not-deterministic': 'A function in it tells more than its arguments, as the time, or takes rows together.',
  'may-fail': 'What it is sorted by may fail on a row that is not in the result.',
  'unsure-order': 'It is not sure what its ORDER BY means.',
  'no-table': 'It selects from something else than tables.',
  'no-key': 'The rows of a table cannot be told apart by a key that compares by its bytes.',
  'outer-join': 'A RIGHT or FULL JOIN has rows of which no row of a table is the source.',
  'not-prepared': 'It could not be prepared with these parameters.',
}

/** Why rows that come before a window shift it; undefined where they do not. */
export function explainWindow(window: LiveWindow | undefined): string | undefined {
  return window?.obstacle && SHIFTS[window.obstacle]
}
