import { PGliteWorker } from '@electric-sql/pglite/worker'
import { numberedParameters } from '../../numbered-parameters.ts'
import type { Contender } from '../contender.ts'
import type { Value } from '../sql-session.ts'
import { scriptOf } from './worker-session.ts'

/** Rows of one statement, of which Postgres takes 65,535 parameters. */
const ROWS_AT_ONCE = 1000

/** PGlite in its worker, on one of its storages. It recommends `idb`; `opfs-ahp` is its other one in browsers. */
export function pglite(storage: 'idb' | 'opfs-ahp'): Contender {
  return {
    async open(name) {
      const worker = new Worker(new URL('./pglite.worker.ts', import.meta.url), { type: 'module' })
      const database = await PGliteWorker.create(worker, { dataDir: `${storage}://bench-${name}` })
      await database.waitReady
      return {
        kind: 'sql',
        dialect: 'postgres',
        async run(sql, parameters = []) {
          await database.query(numberedParameters(sql), [...parameters])
        },
        async query(sql, parameters = []) {
          const { rows } = await database.query<Readonly<Record<string, unknown>>>(numberedParameters(sql), [
            ...parameters,
          ])
          return rows
        },
        async batch(statements) {
          await database.transaction(async (transaction) => {
            for (const { sql, parameters } of statements) {
              await transaction.query(numberedParameters(sql), [...parameters])
            }
          })
        },
        async insertRows(table, columns, rows) {
          await database.transaction(async (transaction) => {
            for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
              const { sql, parameters } = insertAll(table, columns, rows.slice(from, from + ROWS_AT_ONCE))
              await transaction.query(sql, parameters)
            }
          })
        },
        async script(statements, transactions) {
          // Postgres makes one transaction of the statements that it is given at once.
          if (transactions === 'one') await database.exec(scriptOf(statements, 'one'))
          else for (const statement of statements) await database.exec(statement)
        },
        close: () => database.close(),
      }
    },
  }
}

function insertAll(
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Value[])[],
): { readonly sql: string; readonly parameters: Value[] } {
  const values = `(${columns.map(() => '?').join(', ')})`
  const sql = `insert into ${table} (${columns.join(', ')}) values ${rows.map(() => values).join(', ')}`
  return { sql: numberedParameters(sql), parameters: rows.flat() }
}
