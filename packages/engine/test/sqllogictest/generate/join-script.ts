import type { Picker } from '../../support/random/picker.ts'
import { drawFrom, several, shuffled, times } from './draw.ts'
import { ScriptWriter } from './script-writer.ts'

const TABLES = times(12, (index) => index + 1)
const ROWS = 10

/** Joins of up to eight tables, and compounds of queries, in the manner of select4 and select5. */
export function writeJoinScript(seed: number): string {
  const p = drawFrom(seed)
  const script = new ScriptWriter('Joins of several tables in every order, and compounds.')
  for (const table of TABLES) {
    const isKeyed = p.oneIn(2) ? 'INTEGER PRIMARY KEY' : 'INTEGER'
    script.statement(`CREATE TABLE t${table}(a${table} ${isKeyed}, b${table} INTEGER, x${table} VARCHAR(40))`)
    const keys = shuffled(
      p,
      times(ROWS, (index) => index + 1),
    )
    for (const [index, key] of keys.entries()) {
      const row = [key, p.oneIn(9) ? 'NULL' : p.below(ROWS) + 1, `'table t${table} row ${index + 1}'`]
      script.statement(`INSERT INTO t${table} VALUES(${row.join(',')})`)
    }
    if (p.oneIn(3)) script.statement(`CREATE INDEX i${table} ON t${table}(b${table}, a${table})`)
  }
  times(110, (index) => {
    writeChain(p, script, 2 + (index % 7), `chain-${index}`)
    writeCompound(p, script, `compound-${index}`)
    writeOuterJoin(p, script)
  })
  return script.finish()
}

/** Tables each of which is joined to the one before it, written in two orders with one result. */
function writeChain(p: Picker, script: ScriptWriter, width: number, label: string): void {
  const tables = several(p, width, TABLES)
  const links = tables.slice(1).map((table, index) => {
    const sides = [`a${table}`, `b${tables[index]}`]
    return shuffled(p, sides).join('=')
  })
  const start = p.of([`a${tables[0]}=${p.below(ROWS) + 1}`, `b${tables[0]} IN (2,5,7)`])
  const columns = shuffled(p, tables).map((table) => `x${table}`)
  times(2, () => {
    const conditions = shuffled(p, [start, ...links])
    const names = shuffled(p, tables).map((table) => `t${table}`)
    script.query(
      `SELECT ${columns.join(',')}\n  FROM ${names.join(',')}\n WHERE ${conditions.join('\n   AND ')}`,
      'valuesort',
      label,
    )
  })
}

/** Two to four queries, each over a table of its own. */
function writeCompound(p: Picker, script: ScriptWriter, label: string): void {
  const parts = several(p, 2 + p.below(3), TABLES).map((table) => {
    const column = p.of([`a${table}`, `b${table}`])
    const other = p.of([`a${table} > 3`, `b${table} BETWEEN 2 AND 8`, `b${table} IS NOT NULL`])
    return `SELECT ${column} FROM t${table} WHERE ${other}`
  })
  const operators = times(parts.length - 1, () => p.of(['UNION', 'UNION ALL', 'INTERSECT', 'EXCEPT']))
  const text = parts
    .map((part, index) => (index === 0 ? part : `${operators[index - 1]}\n${part}`))
    .join('\n')
  script.query(text, 'valuesort', label)
  script.query(`SELECT * FROM (${text}) ORDER BY 1`, 'nosort')
}

function writeOuterJoin(p: Picker, script: ScriptWriter): void {
  const [one, two, three] = several(p, 3, TABLES)
  const kind = p.of(['LEFT', 'INNER', 'RIGHT', 'FULL'])
  const filter = p.of(['', `\n WHERE b${one} > 3`, `\n WHERE a${two} IS NULL`, `\n WHERE x${one} LIKE '%1'`])
  const isIn = `b${one} ${p.of(['IN', 'NOT IN'])} (SELECT a${three} FROM t${three} WHERE a${three} > 4)`
  const on = p.of([`a${one}=b${two}`, `a${one}=b${two} AND ${isIn}`])
  script.query(
    `SELECT x${one}, x${two}, a${one} FROM t${one} ${kind} JOIN t${two} ON ${on}${filter}`,
    'rowsort',
  )
  const aggregate = p.of(['count(*)', `sum(a${one})`, `max(x${two})`, `count(DISTINCT b${two})`])
  script.query(
    `SELECT b${one}, ${aggregate} FROM t${one} ${kind} JOIN t${two} ON ${on} GROUP BY b${one} ORDER BY 1`,
    'nosort',
  )
}
