import type { Picker } from '../../support/random/picker.ts'
import { drawFrom, several, shuffled, times } from './draw.ts'
import { makeCondition } from './random-condition.ts'
import { ScriptWriter } from './script-writer.ts'

const TABLES = ['tab0', 'tab1', 'tab2', 'tab3'] as const
const COLUMNS = ['col0', 'col1', 'col2', 'col3', 'col4'] as const
const ROWS = 120
/** So that a table takes more pages than the cache of a reader holds. */
const FILLER = 'hex(zeroblob(150))'

/** The same questions to tables of the same rows and other indexes, in the manner of index/. */
export function writeIndexScript(seed: number): string {
  const p = drawFrom(seed)
  const script = new ScriptWriter('Tables with the same rows, of which each has other indexes.')
  createTables(p, script)
  times(150, (index) => ask(p, script, index))
  times(25, (index) => {
    const condition = makeCondition(p, 1)
    for (const table of TABLES)
      script.change(`DELETE FROM ${table} WHERE pk % 9 = ${index % 9} AND ${condition}`)
    const change = `col${p.of([0, 3])} = col${p.of([0, 3])} + ${p.below(9)}`
    for (const table of TABLES) script.change(`UPDATE ${table} SET ${change} WHERE ${condition}`)
    ask(p, script, 1000 + index)
  })
  for (const table of TABLES.slice(1)) script.statement(`REINDEX ${table}`)
  script.statement('DROP INDEX tab1_0')
  script.statement('DROP INDEX tab1_0')
  times(20, (index) => ask(p, script, 2000 + index))
  return script.finish()
}

function createTables(p: Picker, script: ScriptWriter): void {
  for (const table of TABLES) {
    script.statement(
      `CREATE TABLE ${table}(pk INTEGER PRIMARY KEY, col0 INTEGER, col1 FLOAT, col2 TEXT, col3 INTEGER, col4 FLOAT, col5 TEXT)`,
    )
  }
  // Conditions look at it: it has to stay as it is while the others are changed one after the other.
  script.statement('CREATE TABLE source(pk, col0, col3, col4)')
  for (const row of times(ROWS, (index) => index)) {
    const real = (): string => `${p.below(100)}.${10 + p.below(90)}`
    const orNull = (value: string): string => (p.oneIn(12) ? 'NULL' : value)
    const values = [p.below(100), real(), `'${word(p)}'`, p.below(100), real()].map(String).map(orNull)
    script.statement(`INSERT INTO tab0 VALUES(${row},${values.join(',')},${FILLER})`)
  }
  script.statement('INSERT INTO source SELECT pk, col0, col3, col4 FROM tab0')
  for (const [number, table] of TABLES.entries()) {
    if (number === 0) continue
    script.statement(`INSERT INTO ${table} SELECT * FROM tab0 ORDER BY col${number}`)
    times(number + 1, (index) => {
      const columns = several(p, 1 + p.below(3), COLUMNS).map((column) => `${column}${p.of(['', ' DESC'])}`)
      const unique = p.oneIn(6) ? 'UNIQUE ' : ''
      const where = p.oneIn(5) ? ' WHERE col3 > 30' : ''
      script.statement(
        `CREATE ${unique}INDEX ${table}_${index} ON ${table}(${columns.join(', ')}${unique && ', pk'})${where}`,
      )
    })
  }
}

function word(p: Picker): string {
  return times(5, () => p.of(['a', 'b', 'k', 'n', 'x', 'z'])).join('')
}

function ask(p: Picker, script: ScriptWriter, number: number): void {
  const condition = makeCondition(p, 2)
  const tables = several(p, 2, TABLES)
  const columns = several(p, 1 + p.below(2), COLUMNS)
  const order = [...columns.map((column) => `${column}${p.of(['', ' DESC'])}`), 'pk'].join(', ')
  const isOrdered = p.oneIn(3)
  for (const table of tables) {
    const text = `SELECT pk, ${shuffled(p, [...columns]).join(', ')} FROM ${table} WHERE ${condition}`
    if (isOrdered) script.query(`${text} ORDER BY ${order}`, 'nosort')
    else script.query(`SELECT pk FROM ${table} WHERE ${condition}`, 'rowsort', `label-${number}`)
  }
}
