import type { Contender } from './contender.ts'
import { datasyncInMemory, datasyncOnIndexedDb, datasyncOnOpfs } from './datasync.ts'
import { absurdSql, waSqlite } from './peers.ts'
import { rawIndexedDb } from './raw-indexeddb.ts'

export const contenders: readonly Contender[] = [
  datasyncOnIndexedDb('sab'),
  datasyncOnIndexedDb('jspi'),
  datasyncOnIndexedDb('mirror'),
  datasyncOnOpfs,
  datasyncInMemory,
  absurdSql,
  waSqlite,
  rawIndexedDb(4),
  rawIndexedDb(32),
]
