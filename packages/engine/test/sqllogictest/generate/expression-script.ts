import type { Picker } from '../../support/random/picker.ts'
import { drawFrom, times } from './draw.ts'
import { makeExpression } from './random-expression.ts'
import { ScriptWriter } from './script-writer.ts'

const TABLES = ['tab0', 'tab1', 'tab2'] as const
const COLUMNS = ['col0', 'col1', 'col2'] as const

/** Random expressions, aggregates and groups, in the manner of random/. */
export function writeExpressionScript(seed: number): string {
  const p = drawFrom(seed)
  const script = new ScriptWriter('Random expressions, aggregates, groups and windows.')
  for (const table of TABLES) {
    script.statement(`CREATE TABLE ${table}(col0 INTEGER, col1 INTEGER, col2 ${p.of(['INTEGER', 'REAL'])})`)
    times(table === 'tab2' ? 0 : 12, () => {
      const values = COLUMNS.map(() => (p.oneIn(8) ? 'NULL' : String(p.below(20) - 4)))
      script.statement(`INSERT INTO ${table} VALUES(${values.join(',')})`)
    })
  }
  const kinds = [writeConstants, writeRows, writeAggregates, writeGroups, writeWindow, writeText] as const
  times(130, () => {
    for (const write of kinds) write(p, script)
  })
  return script.finish()
}

function writeConstants(p: Picker, script: ScriptWriter): void {
  const columns = times(1 + p.below(3), () => makeExpression(p, [], 3))
  script.query(`SELECT ${columns.join(', ')}`, 'nosort')
}

function writeRows(p: Picker, script: ScriptWriter): void {
  const table = p.of(TABLES)
  const columns = times(1 + p.below(2), () => makeExpression(p, COLUMNS, 2))
  const where = p.oneIn(2) ? ` WHERE ${makeExpression(p, COLUMNS, 1)} > ${makeExpression(p, COLUMNS, 1)}` : ''
  script.query(
    `SELECT ${p.of(['', 'ALL ', 'DISTINCT '])}${columns.join(', ')} FROM ${table}${where}`,
    'rowsort',
  )
}

function writeAggregates(p: Picker, script: ScriptWriter): void {
  const columns = times(1 + p.below(3), () => `${p.of(['', '- ', '+ '])}${makeAggregate(p)}`)
  const having = p.oneIn(5) ? ` HAVING ${makeAggregate(p)} IS NOT NULL` : ''
  script.query(`SELECT ${columns.join(', ')} FROM ${p.of(TABLES)}${having}`, 'nosort')
}

function writeGroups(p: Picker, script: ScriptWriter): void {
  const group = p.of([p.of(COLUMNS), `${p.of(COLUMNS)} % 3`, `${p.of(COLUMNS)} / 4`])
  const having = p.oneIn(2) ? ` HAVING ${makeAggregate(p)} ${p.of(['>', '<=', '<>'])} ${p.below(12)}` : ''
  script.query(
    `SELECT ${group}, ${makeAggregate(p)} FROM ${p.of(TABLES)} GROUP BY ${group}${having}`,
    'rowsort',
  )
}

function makeAggregate(p: Picker): string {
  const distinct = p.of(['', 'DISTINCT ', 'ALL '])
  const argument = makeExpression(p, COLUMNS, 1)
  return p.of([
    'COUNT(*)',
    `COUNT(${distinct}${argument})`,
    `SUM(${distinct}${argument})`,
    `AVG(${distinct}${argument})`,
    `MIN(${argument})`,
    `MAX(${argument})`,
    `TOTAL(${argument})`,
    `COUNT(*) FILTER (WHERE ${argument} > 3)`,
    `COALESCE(SUM(${argument}), ${p.below(50)}) / ${p.below(5)}`,
  ])
}

/** The order within the window is total, so that the numbering is determined. */
function writeWindow(p: Picker, script: ScriptWriter): void {
  const order = `ORDER BY ${p.of(COLUMNS)}${p.of(['', ' DESC', ' NULLS LAST'])}, rowid`
  const window = `(${p.oneIn(2) ? `PARTITION BY ${p.of(COLUMNS)} % 3 ` : ''}${order})`
  const what = p.of(['row_number()', 'rank()', `sum(${p.of(COLUMNS)})`, `lag(${p.of(COLUMNS)}, 2, -1)`])
  script.query(`SELECT rowid, ${what} OVER ${window} FROM ${p.of(TABLES)}`, 'rowsort')
}

function writeText(p: Picker, script: ScriptWriter): void {
  const text = (): string =>
    p.of(["'Grüße'", "''", "'tab\there'", "'it''s'", "'  padded '", "'日本'", 'NULL', "'12.5abc'"])
  const column = p.of([
    `upper(${text()}) || ${text()}`,
    `'[' || substr(${text()}, ${p.below(4) - 1}, ${p.below(5)}) || ']'`,
    `replace(${text()}, 'a', ${text()})`,
    `trim(${text()}), length(${text()})`,
    `instr(${text()}, 'e'), ${text()} LIKE '%E%'`,
    `hex(${text()}), typeof(${text()})`,
    `CAST(${text()} AS INTEGER), CAST(${text()} AS REAL)`,
    `x'${p.of(['00', '41', '4142', 'ff'])}', ${text()} < ${text()}`,
    `${text()} GLOB '*[0-9]*', coalesce(${text()}, 'none')`,
    `(SELECT group_concat(col0, ',') FROM (SELECT col0 FROM ${p.of(TABLES)} ORDER BY col0))`,
    `9223372036854775807 ${p.of(['+', '-', '/', '*'])} ${1 + p.below(3)}, 1e${p.below(12)} / 3`,
  ])
  script.query(`SELECT ${column}`, 'nosort')
}
