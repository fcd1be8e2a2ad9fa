import sqlite3InitModule, { type OpfsSAHPoolDatabase } from '@sqlite.org/sqlite-wasm'
import {
  COMMITS,
  CREATE_TABLE,
  FILL_TABLE,
  FILL_TEN_MEGABYTES,
  INSERT_ONE,
  ROUNDS,
  SELECT_ALL,
  SELECT_FIRST,
  type StockTasks,
} from '../workload.ts'
import { answerCalls } from './call.ts'

/** The official build with its object API, and with the `opfs-sahpool` VFS with its defaults. */
let opened: OpfsSAHPoolDatabase | undefined

answerCalls<StockTasks>({
  async open() {
    const database = await openDatabase()
    database.exec(CREATE_TABLE)
    return null
  },
  async fill() {
    const database = await openDatabase()
    database.exec(FILL_TABLE)
    return null
  },
  async timeReads() {
    const database = await openDatabase()
    return Array.from({ length: ROUNDS }, () => {
      const start = performance.now()
      database.exec({ sql: SELECT_ALL, rowMode: 'array', returnValue: 'resultRows' })
      return performance.now() - start
    })
  },
  async commitRate() {
    const database = await openDatabase()
    const statement = database.prepare(INSERT_ONE)
    const start = performance.now()
    for (let i = 0; i < COMMITS; i++) statement.stepReset()
    const perSecond = (COMMITS / (performance.now() - start)) * 1000
    statement.finalize()
    return perSecond
  },
  async sendRows() {
    const database = await openDatabase()
    return database.exec({ sql: SELECT_ALL, rowMode: 'object', returnValue: 'resultRows' })
  },
  async fillTenMegabytes() {
    const database = await openDatabase()
    database.exec(CREATE_TABLE + FILL_TEN_MEGABYTES)
    return null
  },
  async firstRow() {
    const database = await openDatabase()
    return database.exec({ sql: SELECT_FIRST, rowMode: 'object', returnValue: 'resultRows' })
  },
})

async function openDatabase(): Promise<OpfsSAHPoolDatabase> {
  if (opened === undefined) {
    const sqlite3 = await sqlite3InitModule()
    const pool = await sqlite3.installOpfsSAHPoolVfs({ name: 'bench-stock' })
    opened = new pool.OpfsSAHPoolDb('/bench.sqlite3')
  }
  return opened
}
