import sqlite3InitModule from '@sqlite.org/sqlite-wasm'
import { answerCalls } from './call.ts'
import {
  COMMITS,
  CREATE_TABLE,
  FILL_TABLE,
  INSERT_ONE,
  ROUNDS,
  SELECT_ALL,
  type BenchmarkTask,
} from '../workload.ts'

/** The official build as its documentation shows it: the object API, and the `opfs-sahpool` VFS with its defaults. */
answerCalls(async (task: BenchmarkTask) => {
  const sqlite3 = await sqlite3InitModule()
  const pool = await sqlite3.installOpfsSAHPoolVfs({ name: `bench-${task}` })
  await pool.wipeFiles()
  const database = new pool.OpfsSAHPoolDb('/bench.sqlite3')
  database.exec(CREATE_TABLE)
  return task === 'reads' ? readRows() : commitRows()

  function readRows() {
    database.exec(FILL_TABLE)
    const rounds: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now()
      database.exec({ sql: SELECT_ALL, rowMode: 'array', returnValue: 'resultRows' })
      rounds.push(performance.now() - start)
    }
    return { rounds }
  }

  function commitRows() {
    const statement = database.prepare(INSERT_ONE)
    const start = performance.now()
    for (let i = 0; i < COMMITS; i++) statement.stepReset()
    const perSecond = (COMMITS / (performance.now() - start)) * 1000
    statement.finalize()
    return { perSecond }
  }
})
