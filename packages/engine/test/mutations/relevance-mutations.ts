import type { Mutation } from './mutation.ts'

const PREDICATES = 'worker/reactive/predicates'

/** What decides which live queries a commit can matter to: with any of it broken, one would show an old result. */
export const RELEVANCE_MUTATIONS: readonly Mutation[] = [
  {
    rule: 'only what is joined by AND is a condition',
    file: `${PREDICATES}/conditions.ts`,
    code: "expression.op === 'And'",
    broken: "(expression.op === 'And' || expression.op === 'Or')",
  },
  {
    rule: 'a table that stands in the statement twice has no conditions',
    file: `${PREDICATES}/conditions.ts`,
    code: '.toLowerCase()) === 1',
    broken: '.toLowerCase()) !== undefined',
  },
  {
    rule: 'a column without a name before it is that of the only table',
    file: `${PREDICATES}/conditions.ts`,
    code: 'return isAlone ? expression.name : undefined',
    broken: 'return expression.name',
  },
  {
    rule: 'a condition is of the table that its column is of',
    file: `${PREDICATES}/conditions.ts`,
    code: 'expression.table.text.toLowerCase() === name.toLowerCase() ?',
    broken: 'expression.table.text !== name ?',
  },
  {
    rule: 'what stands on the left of a comparison is compared the other way round',
    file: `${PREDICATES}/conditions.ts`,
    code: "GreaterEquals: 'LessEquals'",
    broken: "GreaterEquals: 'GreaterEquals'",
  },
  {
    rule: 'parameters are counted from left to right',
    file: `${PREDICATES}/parameter-places.ts`,
    code: 'explicit ?? highest + 1',
    broken: 'explicit ?? 1',
  },
  {
    rule: 'a value that SQLite would convert is not compared here',
    file: `${PREDICATES}/column-rules.ts`,
    code: "(typeof value === 'string') === (affinity === 'text')",
    broken: 'true',
  },
  {
    rule: 'NOCASE does not tell letters apart by case',
    file: `${PREDICATES}/column-rules.ts`,
    code: "collation === 'nocase' ? lowerAscii(value) : value",
    broken: 'value',
  },
  {
    rule: 'other collations are not known',
    file: `${PREDICATES}/column-rules.ts`,
    code: "if (known !== 'binary' && known !== 'nocase') return undefined",
    broken:
      "if (known === 'rtrim') return { affinity: affinityOf(declaredType.toUpperCase()) ?? 'none', collation: 'binary' }",
  },
  {
    rule: 'an integer and a real number can be equal',
    file: `${PREDICATES}/column-rules.ts`,
    code: 'Number.isInteger(value) ? `n${BigInt(value)}` : `n${value}`',
    broken: '`r${value}${Math.random()}`',
  },
  {
    rule: 'a bound that is included is met',
    file: `${PREDICATES}/row-predicate.ts`,
    code: '(lower.isIncluded && value >= lower.value)',
    broken: 'false',
  },
  {
    rule: 'texts and blobs come after all numbers',
    file: `${PREDICATES}/row-predicate.ts`,
    code: 'return upper === undefined',
    broken: 'return false',
  },
  {
    rule: 'an interval reaches to its upper bound',
    file: `${PREDICATES}/interval-index.ts`,
    code: 'if (interval.upper >= value)',
    broken: 'if (interval.upper > value)',
  },
  {
    rule: 'an interval may lie to the right of one that begins earlier',
    file: `${PREDICATES}/interval-index.ts`,
    code: 'open.push([middle + 1, end])',
    broken: 'open.push([end, end])',
  },
  {
    rule: 'the row as it was counts',
    file: 'worker/sqlite/row-hook.ts',
    code: 'if (operation !== INSERT)',
    broken: 'if (operation === DELETE)',
  },
  {
    rule: 'the row as it is counts',
    file: 'worker/sqlite/row-hook.ts',
    code: 'if (operation !== DELETE)',
    broken: 'if (operation === INSERT)',
  },
  {
    rule: 'where more rows changed than were told, all count',
    file: `${PREDICATES}/row-recorder.ts`,
    code: 'BigInt(count) < rowsCounted',
    broken: 'false',
  },
  {
    rule: 'where rows were not told of one statement, all count',
    file: 'worker/reactive/change-log.ts',
    code: 'if (rows === undefined) this.rows.delete(key)',
    broken: 'if (rows === undefined) return',
  },
  {
    rule: 'the rows of several statements all count',
    file: 'worker/reactive/change-log.ts',
    code: 'known.addAll(rows)',
    broken: 'known.addAll(known)',
  },
  {
    rule: 'past a number of rows in several statements, all count',
    file: 'worker/reactive/relevance-index.ts',
    code: 'found?.isOverfull === false && found.watch',
    broken: 'found?.watch',
  },
  {
    rule: 'rows are told by the columns that are asked about now',
    file: 'worker/reactive/relevance-index.ts',
    code: 'found?.isOverfull === false && found.watch === this.watches.get(key)',
    broken: 'found?.isOverfull === false',
  },
  {
    rule: 'a view may read a table as well',
    file: `${PREDICATES}/column-conditions.ts`,
    code: "reads.hasViews ? 'view' : ",
    broken: '',
  },
  {
    rule: 'a virtual table may read a table as well',
    file: `${PREDICATES}/column-conditions.ts`,
    code: "if (reads.hasVirtual) return 'virtual-table'",
    broken: '',
  },
  {
    rule: 'another column, too, makes a query run that reads it',
    file: 'worker/reactive/relevance-index.ts',
    code: '[...written].some((column) => read.has(column))\n}\n\nfunction addTo',
    broken: 'false\n}\n\nfunction addTo',
  },
]
