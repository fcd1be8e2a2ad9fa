import type { SqlSession } from '../../sql-session.ts'
import { BUCKETS, GROUPS, PREFIX, STRIDE, VALUES } from './large-data.ts'
import type { LargeTable } from './large-table.ts'

const CREATE = 'create table kv (id integer primary key, key text, value text, bucket integer)'
const CREATE_INDEX = 'create index kv_by_bucket on kv (bucket)'
const SELECT_KEYS = 'select key from kv order by id limit ? offset ?'
const SELECT_RANGE = 'select count(*) as count, sum(id) as ids from kv where bucket between ? and ?'
const COUNT_SOUGHT = 'select count(*) as count from kv where key like ?'
const SELECT_GROUPS = `
  select bucket % ${GROUPS} as part, count(*) as count, avg(id) as average from kv group by 1 order by 1`

export function sqlLargeTable(session: SqlSession): LargeTable {
  const isPostgres = session.dialect === 'postgres'
  return {
    async fill(rows) {
      await session.run(CREATE)
      await session.run(fill(isPostgres, rows))
    },
    makeIndex: () => session.run(CREATE_INDEX),
    async sum() {
      const [row] = await session.query(
        `select sum(${isPostgres ? 'value::integer' : 'value'}) as sum from kv`,
      )
      return Number(row?.['sum'])
    },
    async keys(first, count) {
      // As the benchmark of absurd-sql does.
      return (await session.query(SELECT_KEYS, [count, first - 1])).map((row) => String(row['key']))
    },
    async range(from, to) {
      const [row] = await session.query(SELECT_RANGE, [from, to])
      return { count: Number(row?.['count']), ids: Number(row?.['ids']) }
    },
    async countSought(text) {
      return Number((await session.query(COUNT_SOUGHT, [`%${text}%`]))[0]?.['count'])
    },
    async groups() {
      const rows = await session.query(SELECT_GROUPS)
      return rows.map((row) => ({ count: Number(row['count']), average: Number(row['average']) }))
    },
    async count() {
      return Number((await session.query('select count(*) as count from kv'))[0]?.['count'])
    },
  }
}

/** One statement for all rows: nothing but the engine and its storage. */
function fill(isPostgres: boolean, rows: number): string {
  const columns = `i, '${PREFIX}' || i, cast(i * ${STRIDE} % ${VALUES} as text), i * ${STRIDE} % ${BUCKETS}`
  return isPostgres
    ? `insert into kv select ${columns} from (select generate_series(1, ${rows})::bigint as i) as n`
    : `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rows})
       insert into kv select ${columns} from n`
}
