import { describe, expect, test } from 'vitest'
import { parseScript } from './parse-script.ts'

describe('a script', () => {
  test('is read record by record, with comments and blank lines between them', () => {
    const { records, skipped } = parseScript(`# about\r
hash-threshold 8

statement ok\r
create table t(a,
  b)

statement error
insert into missing values (1)
   
statement count 3
delete from t


query IRT rowsort label-1
select a, b,
# within
       'x'
  from t
----
1
2.000
x y

query I
select 1 where 0
----

query I nosort
select 2`)
    expect(skipped).toBe(0)
    expect(records).toEqual([
      { kind: 'statement', line: 4, outcome: 'ok', sql: 'create table t(a,\n  b)' },
      { kind: 'statement', line: 8, outcome: 'error', sql: 'insert into missing values (1)' },
      { kind: 'statement', line: 11, outcome: 3, sql: 'delete from t' },
      {
        kind: 'query',
        line: 15,
        types: ['I', 'R', 'T'],
        sort: 'rowsort',
        label: 'label-1',
        sql: "select a, b,\n       'x'\n  from t",
        result: ['1', '2.000', 'x y'],
      },
      expect.objectContaining({ line: 25, sort: 'nosort', label: undefined, result: [] }),
      expect.objectContaining({ line: 29, sql: 'select 2', result: [] }),
    ])
  })

  test('leaves out what is for other databases, and ends at a halt that is for this one', () => {
    const { records, skipped } = parseScript(`onlyif mysql # DIV
query I nosort
select 5 div 2
----
2

skipif sqlite
statement ok
one

skipif mysql
skipif postgresql # neither
onlyif SQLite
statement ok
two

onlyif mssql
halt

onlyif sqlite
skipif sqlite
statement ok
three

onlyif sqlite
halt

statement ok
four`)
    expect(records).toEqual([{ kind: 'statement', line: 14, outcome: 'ok', sql: 'two' }])
    expect(skipped).toBe(4)
  })

  test.each([
    ['a record that does not exist', 'statment ok\nselect 1', '"statment ok" begins no record (line 1)'],
    ['a statement of which nothing is expected', 'statement maybe\nselect 1', '(line 1)'],
    ['a count without a number', 'statement count many\nselect 1', 'A number is missing'],
    ['a type of a column', '\n\nquery IX\nselect 1', '"X" is no type of a column (line 3)'],
    ['a way to sort', 'query I sorted\nselect 1', '"sorted" is no way to sort'],
    ['a record without SQL', 'query I nosort\n----\n1', 'A record has no SQL'],
    ['a condition without a record', 'onlyif sqlite', 'A condition has no record'],
    ['a threshold', 'hash-threshold', 'A number is missing'],
  ])('with an error in %s is not played', (_, text, message) => {
    expect(() => parseScript(text)).toThrow(message)
  })
})
