/** An app that shows tasks, of the same components. Each is named after its file. */
export const FIRST_ROW_APPS = {
  datasync: 'DataSync',
  sqlocal: 'sqlocal',
  powersync: '@powersync/web',
  pglite: '@electric-sql/pglite',
  dexie: 'dexie',
} as const

export type FirstRowApp = keyof typeof FIRST_ROW_APPS

/** The row that is in each database from the beginning. */
export const FIRST_TASK = 'milk'
