import { createDatabase } from '@datasync/engine'
import type { Database } from '@datasync/engine'
import { migrations } from './migrations.ts'

/** `?storage=indexeddb` makes a new database there; one that exists stays where it is. */
const asked = new URLSearchParams(location.search).get('storage')

export const database: Database = createDatabase('gazetteer', {
  migrations,
  storage: asked === 'indexeddb' ? 'indexeddb' : 'auto',
})
