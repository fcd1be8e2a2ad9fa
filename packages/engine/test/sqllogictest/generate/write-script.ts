import type { Picker } from '../../support/random/picker.ts'
import { drawFrom, times } from './draw.ts'
import { ScriptWriter } from './script-writer.ts'

const KEYS = 20

/** Writes of every kind, some of which fail, with views, triggers and transactions around them. */
export function writeWriteScript(seed: number): string {
  const p = drawFrom(seed)
  const script = new ScriptWriter('Writes that succeed and fail, views, triggers and transactions.')
  for (const sql of SCHEMA) script.statement(sql)
  times(70, () => {
    writeSome(p, script)
    if (p.oneIn(3)) writeTransaction(p, script)
    if (p.oneIn(6)) changeViews(p, script)
    look(p, script)
  })
  return script.finish()
}

const SCHEMA = [
  'CREATE TABLE item(id INTEGER PRIMARY KEY, name TEXT NOT NULL, amount INTEGER CHECK (amount < 900), kind TEXT UNIQUE)',
  'CREATE TABLE log(what TEXT, id INTEGER, amount INTEGER)',
  'CREATE TABLE pair(a INTEGER, b TEXT, c REAL DEFAULT 1.5, PRIMARY KEY (a, b)) WITHOUT ROWID',
  "CREATE TRIGGER on_insert AFTER INSERT ON item BEGIN INSERT INTO log VALUES('insert', new.id, new.amount); END",
  "CREATE TRIGGER on_update AFTER UPDATE OF amount ON item WHEN new.amount > 50 BEGIN INSERT INTO log VALUES('update', new.id, new.amount - old.amount); END",
  "CREATE TRIGGER on_delete BEFORE DELETE ON item BEGIN SELECT RAISE(ABORT, 'kept') WHERE old.amount = 7; END",
  'CREATE VIEW rich AS SELECT id, name, amount FROM item WHERE amount > 40',
  'CREATE VIEW total(kind, amount) AS SELECT what, sum(amount) FROM log GROUP BY what',
  'CREATE TEMP VIEW nested AS SELECT rich.id, pair.b, pair.c FROM rich JOIN pair ON pair.a = rich.id',
  'CREATE VIEW rich AS SELECT 1',
]

function writeSome(p: Picker, script: ScriptWriter): void {
  times(5, () => {
    const key = p.below(KEYS)
    const amount = p.of([String(p.below(100)), String(p.below(1000)), 'NULL', '7'])
    const name = p.of([`'name ${key}'`, "'Zoë'", 'NULL', "''"])
    const kind = p.of([`'kind ${p.below(9)}'`, 'NULL'])
    const conflict = p.of(['', 'OR REPLACE ', 'OR IGNORE ', 'OR ABORT '])
    script.change(
      p.of([
        `INSERT ${conflict}INTO item VALUES(${key}, ${name}, ${amount}, ${kind})`,
        `INSERT ${conflict}INTO item(name, amount) VALUES(${name}, ${amount}), (${name}, ${amount})`,
        `INSERT INTO item VALUES(${key}, 'upsert', ${amount}, ${kind}) ON CONFLICT (id) DO UPDATE SET amount = amount + 1`,
        `UPDATE item SET amount = amount + ${p.below(60)} WHERE id % 3 = ${p.below(3)}`,
        `UPDATE ${conflict}item SET kind = ${kind}, name = ${name} WHERE id = ${key}`,
        `DELETE FROM item WHERE id IN (${key}, ${p.below(KEYS)})`,
        `REPLACE INTO pair VALUES(${key}, ${name}, ${p.below(99)}.25)`,
        `INSERT INTO pair(a, b) SELECT id, name FROM item WHERE amount > ${p.below(99)}`,
        `DELETE FROM pair WHERE a IN (SELECT id FROM rich) AND c > ${p.below(60)}`,
        `UPDATE pair SET c = c * 2 FROM item WHERE item.id = pair.a AND item.amount < ${p.below(99)}`,
        `DELETE FROM log WHERE amount < ${p.below(20)}`,
        `INSERT INTO missing VALUES(${key})`,
      ]),
    )
  })
}

function writeTransaction(p: Picker, script: ScriptWriter): void {
  script.statement('BEGIN')
  writeSome(p, script)
  look(p, script)
  script.statement(p.of(['COMMIT', 'ROLLBACK', 'END TRANSACTION']))
}

function changeViews(p: Picker, script: ScriptWriter): void {
  script.statement('DROP VIEW IF EXISTS changing')
  script.statement(
    `CREATE VIEW changing AS SELECT id % ${2 + p.below(4)} AS g, count(*) AS n FROM item GROUP BY 1`,
  )
  script.query('SELECT * FROM changing', 'rowsort')
  script.change('DELETE FROM changing')
}

function look(p: Picker, script: ScriptWriter): void {
  script.query('SELECT * FROM item', 'rowsort')
  script.query(`SELECT a, b, c FROM pair ORDER BY ${p.of(['a, b', 'b, a', 'c, a, b'])}`, 'nosort')
  script.query(p.of(['SELECT * FROM total', 'SELECT * FROM nested', 'SELECT name FROM rich']), 'rowsort')
  script.query(
    p.of([
      'SELECT count(*), sum(amount), avg(amount) FROM log',
      'SELECT i.id, t.amount FROM item AS i JOIN total AS t ON t.amount > i.amount',
      'SELECT id FROM item EXCEPT SELECT a FROM pair',
      "SELECT kind FROM item WHERE name LIKE 'n%' OR amount IS NULL",
    ]),
    'rowsort',
  )
}
