import type { ColumnType, QueryRecord, ScriptRecord, SortMode, StatementOutcome } from './record.ts'
import { ScriptLines } from './script-lines.ts'

export interface Script {
  readonly records: readonly ScriptRecord[]
  /** Records that `onlyif` and `skipif` keep for other databases. */
  readonly skipped: number
}

const ENGINE = 'sqlite'
/** Of a label, the original program looks at no more. */
const LABEL_LENGTH = 20
const RESULT_MARK = '----'

/**
 * Reads a script as the original program does (sqlite.org/sqllogictest), and `statement count` of
 * later ones. What is no record is an error, so that a misspelt one is not passed over.
 */
export function parseScript(text: string): Script {
  const lines = new ScriptLines(text)
  const records: ScriptRecord[] = []
  let skipped = 0
  while (lines.toNextRecord()) {
    const isOurs = readConditions(lines)
    const words = lines.current.split(/\s+/)
    if (!isOurs) {
      skipped += 1
      lines.skipRecord()
    } else if (words[0] === 'halt') break
    else if (words[0] === 'hash-threshold') {
      // For who writes results. Who reads them sees which are hashes; some scripts have them without this.
      readCount(lines, words[1])
      lines.skipRecord()
    } else if (words[0] === 'statement') records.push(readStatement(lines, words))
    else if (words[0] === 'query') records.push(readQuery(lines, words))
    else throw lines.error(`"${lines.current}" begins no record`)
  }
  return { records, skipped }
}

/** Whether the record that follows is for this database. */
function readConditions(lines: ScriptLines): boolean {
  let isOurs = true
  for (;;) {
    const [word, engine = ''] = lines.current.split(/\s+/)
    if (word !== 'skipif' && word !== 'onlyif') return isOurs
    if ((engine.toLowerCase() === ENGINE) !== (word === 'onlyif')) isOurs = false
    if (!lines.next()) throw lines.error('A condition has no record')
  }
}

function readStatement(lines: ScriptLines, words: readonly string[]): ScriptRecord {
  const { number: line } = lines
  const outcome = readOutcome(lines, words)
  return { kind: 'statement', line, outcome, sql: readSql(lines) }
}

function readOutcome(lines: ScriptLines, [, word, count]: readonly string[]): StatementOutcome {
  if (word === 'ok' || word === 'error') return word
  if (word === 'count') return readCount(lines, count)
  throw lines.error('A statement is ok, error or count')
}

function readQuery(lines: ScriptLines, words: readonly string[]): QueryRecord {
  const [, types = '', sort = 'nosort', label] = words
  const { number: line } = lines
  const query = { kind: 'query', line, types: readTypes(lines, types), sort: readSort(lines, sort) } as const
  const sql = readSql(lines)
  const result = lines.current === RESULT_MARK ? readResult(lines) : []
  return { ...query, label: label?.slice(0, LABEL_LENGTH), sql, result }
}

function readTypes(lines: ScriptLines, types: string): readonly ColumnType[] {
  return Array.from(types, (type) => {
    if (type === 'I' || type === 'R' || type === 'T') return type
    throw lines.error(`"${type}" is no type of a column`)
  })
}

function readSort(lines: ScriptLines, sort: string): SortMode {
  if (sort === 'nosort' || sort === 'rowsort' || sort === 'valuesort') return sort
  throw lines.error(`"${sort}" is no way to sort`)
}

/** The lines up to an empty one, or to the mark before a result. */
function readSql(lines: ScriptLines): string {
  const sql: string[] = []
  while (lines.next() && lines.current !== '' && lines.current !== RESULT_MARK) sql.push(lines.current)
  if (sql.length === 0) throw lines.error('A record has no SQL')
  return sql.join('\n')
}

function readResult(lines: ScriptLines): readonly string[] {
  const result: string[] = []
  while (lines.next() && lines.current !== '') result.push(lines.current)
  return result
}

function readCount(lines: ScriptLines, word: string | undefined): number {
  if (word !== undefined && /^\d+$/.test(word)) return Number(word)
  throw lines.error('A number is missing')
}
