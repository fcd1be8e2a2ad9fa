import type { Scale } from '../../scale.ts'
import type { Row, SqlSession } from '../../sql-session.ts'
import { timed, verify, type Measures } from '../../task.ts'
import { timeEach } from '../../timing.ts'
import {
  BUCKETS,
  GROUPS,
  KEY_PAGES,
  largeAnswers,
  PREFIX,
  RANGE,
  SCANS,
  SOUGHT,
  VALUES,
} from './large-data.ts'

export async function largeSql(session: SqlSession, { largeRows }: Scale): Promise<Measures> {
  await session.run('create table kv (id integer primary key, key text, value text, bucket integer)')
  const answers = largeAnswers(largeRows)
  const measure = async (
    sql: string,
    parameters: readonly (number | string)[],
    isRight: (rows: readonly Row[]) => boolean,
  ): Promise<readonly number[]> => {
    let rows: readonly Row[] = []
    const times = await timeEach(SCANS, async () => {
      rows = await session.query(sql, parameters)
    })
    verify(isRight(rows), `${sql} gave something else`)
    return times
  }
  return {
    'large-fill': [await timed(() => session.run(fillKv(session, largeRows)))],
    'large-index': [await timed(() => session.run('create index kv_by_bucket on kv (bucket)'))],
    'large-sum': await measure(
      session.dialect === 'postgres'
        ? 'select sum(value::integer) as sum from kv'
        : 'select sum(value) as sum from kv',
      [],
      ([row]) => Number(row?.['sum']) === answers.sum,
    ),
    'large-keys': await timeEach(SCANS, () => readKeyPages(session)),
    'large-range': await measure(
      'select count(*) as count, sum(id) as ids from kv where bucket between ? and ?',
      [RANGE.from, RANGE.to],
      ([row]) => Number(row?.['count']) === answers.range.count && Number(row?.['ids']) === answers.range.ids,
    ),
    'large-scan': await measure(
      'select count(*) as count from kv where key like ?',
      [`%${SOUGHT}%`],
      ([row]) => Number(row?.['count']) === answers.sought,
    ),
    'large-group': await measure(
      `select bucket % ${GROUPS} as part, count(*) as count, avg(id) as average from kv group by 1 order by 1`,
      [],
      (rows) =>
        rows.length === GROUPS &&
        answers.groups.every(
          ({ count, average }, part) =>
            Number(rows[part]?.['count']) === count &&
            Math.abs(Number(rows[part]?.['average']) - average) < 1e-6 * average,
        ),
    ),
  }
}

export async function verifyLargeSql(session: SqlSession, { largeRows }: Scale): Promise<void> {
  const [row] = await session.query('select count(*) as count from kv')
  verify(Number(row?.['count']) === largeRows, `there are ${String(row?.['count'])} rows`)
}

/** One statement for all rows: nothing but the engine and its storage. */
function fillKv({ dialect }: SqlSession, rows: number): string {
  const columns = `i, '${PREFIX}' || i, cast(i * 7919 % ${VALUES} as text), i * 7919 % ${BUCKETS}`
  return dialect === 'postgres'
    ? `insert into kv select ${columns} from (select generate_series(1, ${rows})::bigint as i) as n`
    : `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rows})
       insert into kv select ${columns} from n`
}

/** As the benchmark of absurd-sql does, by `offset`. */
async function readKeyPages(session: SqlSession): Promise<void> {
  for (let page = 0; page < KEY_PAGES.pages; page++) {
    const offset = page * KEY_PAGES.apart
    const rows = await session.query(`select key from kv order by id limit ${KEY_PAGES.rows} offset ?`, [
      offset,
    ])
    const isRight = rows.length === KEY_PAGES.rows && rows[0]?.['key'] === PREFIX + (offset + 1)
    verify(isRight, `the keys from ${offset} on are others`)
  }
}
