import type { Database } from '@datasync/engine'
import { createContext, type Context } from 'react'

/** The database of the nearest provider. */
export const DatabaseContext: Context<Database | undefined> = createContext<Database | undefined>(undefined)
DatabaseContext.displayName = 'DatabaseContext'
