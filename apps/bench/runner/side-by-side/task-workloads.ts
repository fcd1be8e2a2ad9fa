import type { TaskName } from '../../src/side-by-side/task-list.ts'
import { classicTests } from '../../src/side-by-side/tasks/classic/classic-statements.ts'

/** In the order in which they are done. */
export const TASK_NAMES: readonly TaskName[] = [
  'items',
  'join',
  'classic',
  'largeTable',
  'inbox',
  'spreadsheet',
  'map',
]

/** What each task measures: all of it is missing where the task fails. */
export const TASK_WORKLOADS: Readonly<Record<TaskName, readonly string[]>> = {
  items: [
    'insert-rows',
    'all-rows',
    'point-awaited',
    'point-concurrent',
    'write-awaited',
    'write-concurrent',
  ],
  join: ['join-group', 'join-lookup'],
  classic: ['classic-total', ...classicTests().map(({ id }) => id)],
  largeTable: [
    'large-fill',
    'large-index',
    'large-sum',
    'large-keys',
    'large-range',
    'large-scan',
    'large-group',
  ],
  inbox: ['inbox-list', 'inbox-search', 'inbox-mark'],
  spreadsheet: ['spreadsheet-edit', 'spreadsheet-scroll'],
  map: ['map-fill', 'map-pan'],
}
