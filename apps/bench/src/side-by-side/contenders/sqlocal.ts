import { SQLocal } from 'sqlocal'
import type { Contender } from '../contender.ts'
import { insertInto } from './worker-session.ts'

/** sqlocal with its defaults, in OPFS. */
export const sqlocal: Contender = {
  async open(name) {
    const { sql, batch, getDatabaseInfo, destroy } = new SQLocal(`${name}.sqlite3`)
    const { storageType } = await getDatabaseInfo()
    if (storageType !== 'opfs') throw new Error(`opened in ${storageType}, which was not asked for`)
    return {
      kind: 'sql',
      dialect: 'sqlite',
      async run(statement, parameters = []) {
        await sql(statement, ...parameters)
      },
      query: (statement, parameters = []) => sql(statement, ...parameters),
      async batch(statements) {
        await batch((tag) => statements.map((one) => tag(one.sql, ...one.parameters)))
      },
      async insertRows(table, columns, rows) {
        const statement = insertInto(table, columns)
        await batch((tag) => rows.map((row) => tag(statement, ...row)))
      },
      async script(statements, transactions) {
        if (transactions === 'one') await batch((tag) => statements.map((statement) => tag(statement)))
        else for (const statement of statements) await sql(statement)
      },
      close: () => destroy(),
    }
  },
}
