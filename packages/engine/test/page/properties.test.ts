import { openTestDatabase } from './open-test-database.ts'
import { testProperties } from './properties.ts'

testProperties('', { open: openTestDatabase, dispose: (db) => db.close(), runs: 60 })
