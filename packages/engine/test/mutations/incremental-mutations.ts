import type { Mutation } from './mutation.ts'

const INCREMENTAL = 'worker/reactive/incremental'
const GROUPS = 'worker/reactive/groups'

/** What decides whether a result can be followed by its changed rows, and how: with any of it broken, one would be wrong. */
export const INCREMENTAL_MUTATIONS: readonly Mutation[] = [
  {
    rule: 'what tells the time is not followed',
    file: `${INCREMENTAL}/deterministic.ts`,
    code: 'CurrentTimestampLiteral: refuse,',
    broken: '',
  },
  {
    rule: 'functions that are not known are not followed',
    file: `${INCREMENTAL}/deterministic.ts`,
    code: '(isOfSeveral || DETERMINISTIC_FUNCTIONS.has(known))',
    broken: '(isOfSeveral || !AGGREGATES.has(known))',
  },
  {
    rule: 'parameters mean the same wherever they stand',
    file: `${INCREMENTAL}/select-text.ts`,
    code: '?${this.places.numberOf(variable)}',
    broken: '?',
  },
  {
    rule: 'a table that stands in it twice is not followed',
    file: `${INCREMENTAL}/keyed-sources.ts`,
    code: '.toLowerCase()) === 1',
    broken: '.toLowerCase()) !== undefined',
  },
  {
    rule: 'what fills up an outer join is not followed',
    file: `${INCREMENTAL}/keyed-sources.ts`,
    code: '((joins[index - 1] ?? 0) & LEFT) !== 0',
    broken: 'false',
  },
  {
    rule: 'a join that has rows of no table is not followed',
    file: `${INCREMENTAL}/keyed-sources.ts`,
    code: "if (joins.some((type) => (type & RIGHT) !== 0)) return 'outer-join'",
    broken: '',
  },
  {
    rule: 'a rowid is asked for by a name that no column has',
    file: 'worker/reactive/catalog.ts',
    code: 'ROWID_NAMES.find((each) => !columns.has(each))',
    broken: 'ROWID_NAMES[0]',
  },
  {
    rule: 'a name in ORDER BY means the column that AS calls so',
    file: `${INCREMENTAL}/order-terms.ts`,
    code: "expression.type === 'Id' && isAlias(expression.name, text)",
    broken: 'false as boolean',
  },
  {
    rule: 'what is compared by a collation in it is not sure',
    file: `${INCREMENTAL}/order-terms.ts`,
    code: 'collation === undefined && meantBy(by, inner, text).some(mayCollate)',
    broken: 'false as boolean',
  },
  {
    rule: 'an expression is compared as its columns are only where all are compared alike',
    file: `${INCREMENTAL}/kept-order.ts`,
    code: "if (isBinary) return 'binary'",
    broken: "return 'binary'",
  },
  {
    rule: 'downwards is the other way round',
    file: `${INCREMENTAL}/row-order.ts`,
    code: "direction === 'up' ? difference : -difference",
    broken: 'difference',
  },
  {
    rule: 'nulls stand where they are said to',
    file: `${INCREMENTAL}/row-order.ts`,
    code: "(a === null) === (nulls === 'first') ? -1 : 1",
    broken: 'a === null ? -1 : 1',
  },
  {
    rule: 'texts are in the order of their bytes',
    file: `${INCREMENTAL}/compare-values.ts`,
    code: 'isPair ? rotate(left) - rotate(right) : left - right',
    broken: 'left - right',
  },
  {
    rule: 'NOCASE sorts letters as small ones',
    file: `${INCREMENTAL}/compare-values.ts`,
    code: 'compareTexts(lowerAscii(a), lowerAscii(b))',
    broken: 'compareTexts(a.toUpperCase(), b.toUpperCase())',
  },
  {
    rule: 'what sorts after the last kept row is not known',
    file: `${INCREMENTAL}/kept-rows.ts`,
    code: 'this.#isComplete || before < this.#count',
    broken: 'true',
  },
  {
    rule: 'a limit is filled up from the database',
    file: `${INCREMENTAL}/kept-rows.ts`,
    code: "if (!this.#isComplete && count < this.#window.end) return 'unknown'",
    broken: '',
  },
  {
    rule: 'rows that are forgotten are not known any more',
    file: `${INCREMENTAL}/kept-rows.ts`,
    code: 'this.#count = this.#window.kept\n    this.#isComplete = false',
    broken: 'this.#count = this.#window.kept',
  },
  {
    rule: 'a row in which two changed rows have a part is there once',
    file: `${INCREMENTAL}/kept-rows.ts`,
    code: 'index === 0 || compareRows(order, fresh, all[index - 1] ?? 0, fresh, row) !== 0',
    broken: 'true',
  },
  {
    rule: 'a key in several rows takes out all of them',
    file: `${INCREMENTAL}/kept-rows.ts`,
    code: 'row = column.indexOf(key, row + 1)) yield row',
    broken: 'row = -1) yield row',
  },
  {
    rule: 'long keys of bytes are told apart by all of them',
    file: `${INCREMENTAL}/exact-key.ts`,
    code: '`\\0x${value.join()}`',
    broken: '`\\0x${value.length}`',
  },
  {
    rule: 'a commit changes rows of several tables',
    file: `${INCREMENTAL}/incremental-result.ts`,
    code: 'filter(({ table }) => changed.has(table))',
    broken: 'filter(({ table }, index) => index === 0 && changed.has(table))',
  },
  {
    rule: 'rows of a table that is not followed make it be run whole',
    file: 'worker/reactive/relevance-index.ts',
    code: 'if (selected === undefined) return undefined',
    broken: 'if (selected === undefined) continue',
  },
  {
    rule: 'what changed in several turns is all followed',
    file: `${INCREMENTAL}/changed-rows.ts`,
    code: '[...known.rows, ...rows]',
    broken: '[...known.rows]',
  },
  {
    rule: 'what failed is not followed',
    file: 'worker/reactive/live-query.ts',
    code: "held?.kind !== 'followed' || !this.isCurrent(catalog)",
    broken: "held?.kind !== 'followed' || this.#source?.catalog !== catalog",
  },
  {
    rule: 'what SQLite writes to its own tables is told by nobody',
    file: 'worker/reactive/predicates/row-recorder.ts',
    code: ' || isOfSqlite(key)',
    broken: '',
  },
  {
    rule: 'a row as it was is taken away',
    file: 'worker/sqlite/row-hook.ts',
    code: 'oldRowid), -1)',
    broken: 'oldRowid), 1)',
  },
  {
    rule: 'what was undone to a savepoint does not count',
    file: 'worker/writer.ts',
    code: 'if (!this.connection.autocommit) this.#uncommitted.noteUndone()',
    broken: '',
  },
  {
    rule: 'groups are adjusted only if all conditions are known',
    file: `${GROUPS}/groups-result.ts`,
    code: 'predicate.length === plan.conditionCount',
    broken: 'true',
  },
  {
    rule: 'a group without rows is gone',
    file: `${GROUPS}/adjust-group.ts`,
    code: "if (count === 0 && plan.groupCount > 0) return 'gone'",
    broken: '',
  },
  {
    rule: 'which minimum comes next is not known',
    file: `${GROUPS}/adjust-group.ts`,
    code: 'extreme !== null && sign * compare(value, extreme) > 0',
    broken: 'extreme !== null',
  },
  {
    rule: 'nulls do not count',
    file: `${GROUPS}/adjust-group.ts`,
    code: 'value === null || value === undefined || net === 0 ? []',
    broken: 'value === undefined || net === 0 ? []',
  },
  {
    rule: 'sums that a double does not hold are added up by SQLite',
    file: `${GROUPS}/adjust-group.ts`,
    code: 'if (!Number.isSafeInteger(most * Math.max(...bounds))) return false',
    broken: '',
  },
  {
    rule: 'sums of real numbers depend on the order',
    file: `${GROUPS}/groups-result.ts`,
    code: "type === 'integer' || type === 'null'",
    broken: 'type !== undefined',
  },
  {
    rule: 'a column of another collation makes no groups that are followed',
    file: `${GROUPS}/find-aggregates.ts`,
    code: "column?.rules.collation === 'binary'",
    broken: 'column !== undefined',
  },
  {
    rule: 'FILTER and DISTINCT are not followed',
    file: `${GROUPS}/find-aggregates.ts`,
    code: 'if (distinctness !== undefined || orderBy !== undefined || filterOver !== undefined) return undefined',
    broken: '',
  },
  {
    rule: 'HAVING is not followed',
    file: `${GROUPS}/find-aggregates.ts`,
    code: 'if (core.having !== undefined) return undefined',
    broken: '',
  },
]
