import { numberInWords } from './number-in-words.ts'

/** One of the sixteen: statements that are measured together. */
export interface ClassicTest {
  readonly id: string
  readonly name: string
  readonly transactions: 'each' | 'one'
  readonly statements: readonly string[]
}

const MANY = 25_000
const FEW = 1000
const SELECTS = 100
const INDEXED_SELECTS = 5000
const SMALL_INSERTS = 3000
const LARGEST = 100_000

/**
 * Sixteen tests in the manner of SQLite's historical speed comparison (sqlite.org/speed.html), of which others have
 * made their benchmarks, too: the same kinds of statements in the same order, made by rules of our own.
 */
export function classicTests(): readonly ClassicTest[] {
  const insert = (table: string, index: number): string =>
    `insert into ${table} values (${index}, ${numberAt(index)}, '${numberInWords(numberAt(index))}')`
  const range = (index: number, width: number): string => `b >= ${index * 100} and b < ${index * 100 + width}`
  const columns = '(a integer, b integer, c varchar(100))'
  return [
    each('1,000 inserts, each a transaction', [
      `create table t1 ${columns}`,
      ...times(FEW, (index) => insert('t1', index)),
    ]),
    one('25,000 inserts in a transaction', [
      `create table t2 ${columns}`,
      ...times(MANY, (index) => insert('t2', index)),
    ]),
    one('25,000 inserts into an indexed table', [
      `create table t3 ${columns}`,
      'create index i3 on t3 (c)',
      ...times(MANY, (index) => insert('t3', index)),
    ]),
    one(
      '100 selects without an index',
      times(SELECTS, (index) => `select count(*), avg(b) from t2 where ${range(index, 1000)}`),
    ),
    one(
      '100 selects on a text comparison',
      times(SELECTS, (index) => `select count(*), avg(b) from t2 where c like '%${numberInWords(index)}%'`),
    ),
    one('making indexes', ['create index i2a on t2 (a)', 'create index i2b on t2 (b)']),
    one(
      '5,000 selects with an index',
      times(INDEXED_SELECTS, (index) => `select count(*), avg(b) from t2 where ${range(index % 1000, 100)}`),
    ),
    one(
      '1,000 updates without an index',
      times(FEW, (index) => `update t1 set b = b * 2 where a >= ${index * 10} and a < ${index * 10 + 10}`),
    ),
    one(
      '25,000 updates with an index',
      times(MANY, (index) => `update t2 set b = ${numberAt(index + MANY)} where a = ${index}`),
    ),
    one(
      '25,000 text updates with an index',
      times(
        MANY,
        (index) => `update t2 set c = '${numberInWords(numberAt(index + FEW))}' where a = ${index}`,
      ),
    ),
    one('inserts from a select', [
      'insert into t1 select b, a, c from t2',
      'insert into t2 select b, a, c from t1',
    ]),
    one('a delete without an index', [`delete from t2 where c like '%fifty%'`]),
    one('a delete with an index', ['delete from t2 where a > 10 and a < 20000']),
    one('a big insert after a big delete', ['insert into t2 select * from t1']),
    one('a big delete, then many small inserts', [
      'delete from t1',
      ...times(SMALL_INSERTS, (index) => insert('t1', index)),
    ]),
    one('dropping tables', ['drop table t1', 'drop table t2', 'drop table t3']),
  ].map((test, index) => ({ ...test, id: `classic-${index + 1}` }))
}

function each(name: string, statements: readonly string[]): Omit<ClassicTest, 'id'> {
  return { name, transactions: 'each', statements }
}

function one(name: string, statements: readonly string[]): Omit<ClassicTest, 'id'> {
  return { name, transactions: 'one', statements }
}

function times(count: number, statementOf: (index: number) => string): readonly string[] {
  return Array.from({ length: count }, (_, index) => statementOf(index))
}

/** Numbers in no order, the same for everyone. */
function numberAt(index: number): number {
  return (index * 2_654_435_761) % LARGEST
}
