import { describe, expect, test } from 'vitest'
import { openTestDatabase } from '../page/open-test-database.ts'
import { parseScript } from './parse-script.ts'
import type { Report } from './report.ts'
import { runScript } from './run-script.ts'

const SETUP = `statement ok
create table t(a integer, b text)

statement count 3
insert into t values (1, 'one'), (2, 'two'), (10, null)
`

async function play(script: string): Promise<Report> {
  const db = await openTestDatabase()
  return runScript(db, parseScript(`${SETUP}\n${script}`))
}

async function causes(script: string): Promise<readonly string[]> {
  return (await play(script)).failures.map(({ cause }) => cause)
}

describe('a script that is right', () => {
  test.each([
    [
      'in the order of the query',
      'query IT nosort\nselect a, b from t order by a desc\n----\n10\nNULL\n2\ntwo\n1\none',
    ],
    ['sorted by rows, as text', 'query IT rowsort\nselect a, b from t\n----\n1\none\n10\nNULL\n2\ntwo'],
    ['sorted by values, as text', 'query IT valuesort\nselect a, b from t\n----\n1\n10\n2\nNULL\none\ntwo'],
    [
      'as a hash',
      'query I nosort\nselect a from t order by a\n----\n3 values hashing to b713b0fe24a6c0b2a38c6c8f60e27498',
    ],
    ['without rows', 'query I nosort\nselect a from t where a > 10\n----'],
    ['with an error', 'statement error\ninsert into missing values (1)'],
    ['with several statements', 'statement ok\ninsert into t values (3, 3); delete from t where a = 3;'],
  ])('passes: %s', async (_, script) => {
    expect((await play(script)).failures).toEqual([])
  })
})

describe('what is wrong is found:', () => {
  test.each([
    ['a value', 'query I nosort\nselect max(a) from t\n----\n11', 'wrong-result'],
    ['the order', 'query I nosort\nselect a from t order by a\n----\n2\n1\n10', 'wrong-result'],
    [
      'which values are in one row',
      'query IT rowsort\nselect a, b from t where a < 3\n----\n1\ntwo\n2\none',
      'wrong-result',
    ],
    ['a value too many', 'query I nosort\nselect a from t order by a\n----\n1\n2', 'wrong-result'],
    ['a value too few', 'query I nosort\nselect 1\n----\n1\n1', 'wrong-result'],
    ['any value where none is expected', 'query I nosort\nselect 1', 'wrong-result'],
    ['NULL for text', "query T nosort\nselect ''\n----\nNULL", 'wrong-result'],
    ['a hash', `query I nosort\nselect a from t\n----\n3 values hashing to ${'0'.repeat(32)}`, 'wrong-hash'],
    [
      'how many values are hashed',
      'query I nosort\nselect a from t order by a\n----\n4 values hashing to b713b0fe24a6c0b2a38c6c8f60e27498',
      'wrong-hash',
    ],
    ['how many columns there are', 'query II nosort\nselect 1\n----\n1', 'wrong-columns'],
    ['a query that fails', 'query I nosort\nselect missing from t\n----', 'query-failed'],
    ['a statement that fails', 'statement ok\ninsert into missing values (1)', 'statement-failed'],
    ['a statement that should have failed', 'statement error\ninsert into t values (1, 1)', 'error-missing'],
    ['how many rows are changed', 'statement count 2\ndelete from t', 'wrong-count'],
    [
      'a result unlike that of the same label',
      'query I nosort x\nselect 1\n----\n1\n\nquery I nosort x\nselect 2\n----\n2',
      'wrong-label',
    ],
  ])('%s', async (_, script, cause) => {
    expect(await causes(script)).toEqual([cause])
  })

  test('each failure once, with its line, and the records after it are played', async () => {
    const { failures, queries } = await play(
      'query I nosort\nselect 1\n----\n2\n\nquery I nosort\nselect 3\n----\n3\n\nquery I nosort\nselect 4\n----\n5',
    )
    expect(queries).toBe(3)
    expect(failures).toEqual([
      { line: 7, sql: 'select 1', cause: 'wrong-result', message: '[1] and not [2]' },
      { line: 17, sql: 'select 4', cause: 'wrong-result', message: '[4] and not [5]' },
    ])
  })
})

describe('a transaction of a script', () => {
  test('is one of the handle: undone by a rollback, kept by a commit', async () => {
    const { failures, transactions } = await play(`statement ok
BEGIN TRANSACTION

statement count 3
delete from t

query I nosort
select count(*) from t
----
0

statement ok
ROLLBACK

query I nosort
select count(*) from t
----
3

statement ok
begin

statement count 1
delete from t where a = 1

statement ok
END

query I nosort
select count(*) from t
----
2`)
    expect(failures).toEqual([])
    expect(transactions).toBe(4)
  })

  test('that is not open cannot be ended, and one that is open cannot begin', async () => {
    expect(await causes('statement ok\ncommit')).toEqual(['statement-failed'])
    expect(await causes('statement ok\nbegin\n\nstatement ok\nbegin')).toEqual(['statement-failed'])
  })
})

test('a difference by design is counted by its name, and excuses nothing else', async () => {
  const overflow =
    'query I nosort\nselect sum(x) from (select 9223372036854775807 as x union all select 1)\n----'
  const { failures, byDesign } = await play(overflow)
  expect(failures).toEqual([])
  expect(byDesign.map(({ difference }) => difference)).toEqual(['errors while stepping'])
  expect(await causes(`${overflow}\n1`)).toEqual(['query-failed'])
})
