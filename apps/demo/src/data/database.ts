import { createDatabase } from '@datasync/engine'
import type { Database } from '@datasync/engine'
import { migrations } from './migrations.ts'

export const database: Database = createDatabase('gazetteer', { migrations })
