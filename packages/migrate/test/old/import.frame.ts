import { createDatabase } from '@datasync/engine'
import { importFromAbsurdSql } from '../../src/index.ts'
import { readParameters, tellFailure, tellParent } from './tell-parent.ts'

/** Imports, and tells how far it is, until it is killed. */
const { name, old } = readParameters<{ readonly name: string; readonly old: string }>()

const db = createDatabase(name, { storage: 'opfs' })
importFromAbsurdSql(db, old, {
  onProgress: (progress) => tellParent({ kind: 'progress', ...progress }),
}).then(() => tellParent({ kind: 'ready' }), tellFailure)
