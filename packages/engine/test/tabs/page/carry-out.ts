import type { Database } from '../../../src/index.ts'
import type { Action, Transfer } from '../order.ts'

/** What came of it, but for what the page shows then. */
export interface Effect {
  readonly value: number
  readonly changes: number
}

const INSERT = 'insert into journal (tab, entry) values (?, ?)'

/** Does what a test orders, in the name of a tab. */
export async function carryOut(db: Database, tab: string, action: Action): Promise<Effect> {
  switch (action.kind) {
    case 'open':
      await db.ready
      return { value: 0, changes: 0 }
    case 'read':
      return {
        value: await readNumber(db, `select value from register where key = ${action.register}`),
        changes: 0,
      }
    case 'total':
      return { value: await readNumber(db, 'select sum(balance) as value from account'), changes: 0 }
    case 'write':
      return toEffect(
        await db.run('update register set value = ? where key = ?', [action.value, action.register]),
      )
    case 'increment': {
      const result = await db.execute('update register set value = value + 1 where key = ? returning value', [
        action.register,
      ])
      return { value: Number(result.rows[0]?.[0]), changes: result.changes }
    }
    case 'insert':
      return insertEach(db, tab, action.entries)
    case 'batch': {
      const results = await db.batch(
        action.entries.map((entry) => ({ sql: INSERT, parameters: [tab, entry] })),
      )
      return toEffect(results.at(-1))
    }
    case 'script':
      await db.exec(
        action.entries
          .map((entry) => `insert into journal (tab, entry) values ('${tab}', ${entry});`)
          .join('\n'),
      )
      return { value: 0, changes: 1 }
    case 'transfer':
      return { value: await transfer(db, tab, action), changes: 1 }
  }
}

/** All are sent at once: they are to be applied in order all the same. */
async function insertEach(db: Database, tab: string, entries: readonly number[]): Promise<Effect> {
  const results = await Promise.all(entries.map((entry) => db.run(INSERT, [tab, entry])))
  return toEffect(results.at(-1))
}

async function transfer(
  db: Database,
  tab: string,
  { transfer: number, source, target, amount, retry }: Transfer,
): Promise<number> {
  return db.transaction(
    async (tx) => {
      const account = await tx.get<{ balance: number }>('select balance from account where id = ?', [source])
      const moved = Math.min(amount, account?.balance ?? 0)
      await tx.run('update account set balance = balance - ? where id = ?', [moved, source])
      await tx.run('update account set balance = balance + ? where id = ?', [moved, target])
      await tx.run('insert into transfer values (?, ?, ?, ?, ?)', [tab, number, source, target, moved])
      return moved
    },
    { retry },
  )
}

async function readNumber(db: Database, sql: string): Promise<number> {
  const row = await db.get<{ value: number }>(sql)
  return row?.value ?? Number.NaN
}

function toEffect(
  result: { readonly changes: number; readonly lastInsertRowid: number | bigint } | undefined,
): Effect {
  return { value: Number(result?.lastInsertRowid), changes: result?.changes ?? 0 }
}
