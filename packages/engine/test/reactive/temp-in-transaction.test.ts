import { expect, test } from 'vitest'
import { openClient } from '../support/engine-client.ts'

/** A temporary table stands for the name of a main one, until a transaction that is still open drops it. */
test.each([
  { end: 'committed', shown: 1 },
  { end: 'rolled back', shown: 2 },
])(
  'what an open transaction drops is still there for others, here until it is $end',
  async ({ end, shown }) => {
    const client = await openClient()
    await client.exec('create table t (a); insert into t values (1)')
    await client.exec('create temp table t (a); insert into temp.t values (2)')
    const transaction = await client.begin()
    await client.exec('drop table temp.t', transaction)

    const probe = await client.observe('select a from t')
    expect(probe.deliveries).toEqual([])
    if (end === 'committed') await client.commitTransaction(transaction)
    else await client.rollback(transaction)

    expect(probe.deliveries.map(({ rows }) => rows)).toEqual([[{ a: shown }]])
    expect(await client.value('select a from t')).toBe(shown)
  },
)
