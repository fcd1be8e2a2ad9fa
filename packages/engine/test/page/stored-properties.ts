import { createDatabase, type DatabaseOptions } from '@datasync/engine'
import { testProperties } from './properties.ts'

/** The properties of live queries over a worker that keeps the database where users have it. */
export function testStoredProperties({ storage, bridge }: DatabaseOptions): void {
  testProperties(`, on ${bridge ?? storage}`, {
    async open(options) {
      const db = createDatabase(`properties-${crypto.randomUUID()}`, { ...options, storage, bridge })
      await db.ready
      return db
    },
    dispose: (db) => db.delete(),
    runs: 12,
  })
}
