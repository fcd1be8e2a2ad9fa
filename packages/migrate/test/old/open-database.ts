import { createDatabase, type Database, type DatabaseOptions } from '@datasync/engine'
import { onTestFinished } from 'vitest'

let opened = 0

/** A database of this test's own in the files of the origin, removed at its end. */
export function openDatabase(options: DatabaseOptions = {}): Database {
  const db = createDatabase(freshName('new'), { storage: 'opfs', ...options })
  onTestFinished(() => db.delete())
  return db
}

/** A name that no other test has. */
export function freshName(prefix: string): string {
  return `${prefix}-${++opened}-${crypto.randomUUID()}`
}
