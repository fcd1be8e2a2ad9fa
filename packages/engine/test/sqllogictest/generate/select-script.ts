import { drawFrom, several, shuffled, times } from './draw.ts'
import { ScriptWriter } from './script-writer.ts'

const COLUMNS = ['a', 'b', 'c', 'd', 'e'] as const

/** Many expressions over one table, in the manner of select1 to select3. */
export function writeSelectScript(seed: number): string {
  const p = drawFrom(seed)
  const script = new ScriptWriter('Many expressions over a table of five columns, with and without NULLs.')
  for (const table of ['t1', 't2']) {
    script.statement(`CREATE TABLE ${table}(a INTEGER, b INTEGER, c INTEGER, d INTEGER, e INTEGER)`)
    for (const row of times(30, (index) => index)) {
      const values = shuffled(p, [0, 1, 2, 3, 4]).map((step) =>
        table === 't2' && p.oneIn(6) ? 'NULL' : String(100 + row * 5 + step),
      )
      script.statement(`INSERT INTO ${table}(${shuffled(p, COLUMNS).join(',')}) VALUES(${values.join(',')})`)
    }
  }
  times(640, (index) => {
    const table = index % 2 === 0 ? 't1' : 't2'
    const expressions = several(p, 1 + p.below(6), makeExpressions(table))
    const conditions = several(p, p.below(4), makeConditions(table))
    const where = conditions.length === 0 ? '' : `\n WHERE ${conditions.join(p.of([' AND ', ' OR ']))}`
    const distinct = p.oneIn(8) ? 'DISTINCT ' : ''
    const text = `SELECT ${distinct}${expressions.join(',\n       ')}\n  FROM ${table}${where}`
    const orders = shuffled(
      p,
      times(expressions.length, (place) => `${place + 1}${p.oneIn(4) ? ' DESC' : ''}`),
    )
    if (p.oneIn(4)) script.query(text, p.of(['rowsort', 'valuesort']))
    else script.query(`${text}\n ORDER BY ${orders.join(',')}${limit(p.below(12))}`, 'nosort')
  })
  return script.finish()
}

function limit(choice: number): string {
  if (choice === 0) return ' LIMIT 7'
  return choice === 1 ? ' LIMIT 5 OFFSET 4' : ''
}

function makeExpressions(table: string): readonly string[] {
  return [
    ...COLUMNS,
    'a-b',
    'd-e',
    'abs(a)',
    'abs(b-c)',
    'a+b*2',
    'a+b*2+c*3+d*4+e*5',
    '(a+b+c+d+e)/5',
    'a*1.0/b',
    'a % 7 - b / 9',
    'coalesce(a,b,c,d,e)',
    'a IS NULL',
    'nullif(a % 3, b % 3)',
    'CASE WHEN a<b-3 THEN 111 WHEN a<=b THEN 222 WHEN a<b+3 THEN 333 ELSE 444 END',
    'CASE a+1 WHEN b THEN 111 WHEN c THEN 222 WHEN d THEN 333 WHEN e THEN 444 ELSE 555 END',
    `CASE WHEN c>(SELECT avg(c) FROM ${table}) THEN a*2 ELSE b*10 END`,
    `(SELECT count(*) FROM ${table} AS x WHERE x.b<${table}.b)`,
    `(SELECT max(x.c) FROM ${table} AS x WHERE x.c<${table}.c AND x.d>${table}.d)`,
    'min(a,b,c)',
    'CAST(a AS TEXT) || CAST(b AS TEXT)',
  ]
}

function makeConditions(table: string): readonly string[] {
  return [
    'a>b',
    'b>c',
    'c>d',
    'd>e',
    '(e>c OR e<d)',
    '(e>a AND e<b)',
    '(a>b-2 AND a<b+2)',
    'c BETWEEN b-2 AND d+2',
    'd NOT BETWEEN 110 AND 150',
    'b IS NOT NULL',
    'a IS NULL',
    '(c<=d-2 OR c>=d+2)',
    'NOT (a<b AND c<d)',
    `e IN (SELECT b + 1 FROM ${table})`,
    `d NOT IN (SELECT a FROM ${table} WHERE a IS NOT NULL)`,
    'coalesce(a,b,c,d,e)<>0',
    `EXISTS(SELECT 1 FROM ${table} AS x WHERE x.b<${table}.b)`,
  ]
}
