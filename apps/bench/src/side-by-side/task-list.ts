import type { Task } from './task.ts'

/** All tasks by name, none of which is loaded before it is asked for. */
export const TASKS = {
  items: async () => (await import('./tasks/items/items-task.ts')).itemsTask,
  join: async () => (await import('./tasks/join/join-task.ts')).joinTask,
  classic: async () => (await import('./tasks/classic/classic-task.ts')).classicTask,
  largeTable: async () => (await import('./tasks/large-table/large-table-task.ts')).largeTableTask,
  inbox: async () => (await import('./tasks/inbox/inbox-task.ts')).inboxTask,
  spreadsheet: async () => (await import('./tasks/spreadsheet/spreadsheet-task.ts')).spreadsheetTask,
  map: async () => (await import('./tasks/map/map-task.ts')).mapTask,
} as const satisfies Readonly<Record<string, () => Promise<Task>>>

export type TaskName = keyof typeof TASKS
