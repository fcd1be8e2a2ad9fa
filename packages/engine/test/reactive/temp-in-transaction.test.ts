import { expect, test } from 'vitest'
import { openClient } from '../support/engine-client.ts'

test('a temporary table that an open transaction has dropped still stands for its name', async () => {
  const client = await openClient()
  await client.exec('create table t (a); insert into t values (1)')
  await client.exec('create temp table t (a); insert into temp.t values (2)')
  const transaction = await client.begin()
  await client.exec('drop table temp.t', transaction)

  const reading = client.observe('select a from t')
  await client.commitTransaction(transaction)
  const probe = await reading

  expect(probe.deliveries.map(({ rows }) => rows)).toEqual([[{ a: 1 }]])
  expect(await client.value('select a from t')).toBe(1)
})

test('and is read again if the transaction is rolled back', async () => {
  const client = await openClient()
  await client.exec('create table t (a); insert into t values (1)')
  await client.exec('create temp table t (a); insert into temp.t values (2)')
  const transaction = await client.begin()
  await client.exec('drop table temp.t', transaction)

  const reading = client.observe('select a from t')
  await client.rollback(transaction)
  const probe = await reading

  expect(probe.deliveries.map(({ rows }) => rows)).toEqual([[{ a: 2 }]])
})
