import { InjectionToken } from '@angular/core'
import type { Database } from '@datasync/engine'

/** The database that `provideDatabase` was given, as it was given. */
export const DATABASE_HANDLE: InjectionToken<Database> = new InjectionToken('@datasync/angular: the database')

/** The line to add where there is no database. */
export const PROVIDE_DATABASE = 'provideDatabase(() => db) in the providers of the app'
