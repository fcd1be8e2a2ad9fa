import type { Database } from '@datasync/engine'
import type { InjectionKey } from 'vue'

/** The database of the app, or of the nearest component that provides one. */
export const databaseKey: InjectionKey<Database> = Symbol('datasync')
