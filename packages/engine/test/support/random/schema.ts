import fc from 'fast-check'
import { Picker, picks, type Picks } from './picker.ts'
import { renderQuery } from './queries/render-query.ts'
import type { Relation } from './relation.ts'

/** What a random schema is made of. The same columns in every table, so that joins by name find some. */
export interface SchemaSpec {
  readonly tables: readonly TableSpec[]
  readonly views: readonly Picks[]
  readonly triggers: readonly Picks[]
  readonly hasTextIndex: boolean
  readonly hasSpatialIndex: boolean
}

interface TableSpec {
  readonly key: 'none' | 'rowid' | 'autoincrement' | 'text' | 'collated' | 'pair' | 'descending' | 'unique'
  readonly columns: readonly ColumnSpec[]
  readonly withoutRowid: boolean
  readonly strict: boolean
  readonly generated: 'none' | 'virtual' | 'stored'
  readonly reference: 'none' | 'cascade' | 'set null' | 'set default' | 'restrict' | 'no action'
  readonly conflict: '' | 'replace' | 'ignore' | 'fail' | 'rollback'
  readonly index: number
  readonly check: string
}

interface ColumnSpec {
  readonly type: 'integer' | 'text' | 'real' | 'blob' | 'any'
  readonly collation: '' | 'nocase' | 'rtrim'
  readonly isUnique: boolean
}

/** Rows of a table to which triggers add no more. */
const ROOM = 40

const INDEXES = [
  '',
  '(c0)',
  '(k, c0)',
  '(c0, k)',
  '(c0 collate nocase)',
  '(k) where c0 is not null',
  '(c0 desc, k)',
  "(c0 || '!')",
  '(lower(c0), k desc) where k > 1',
  "(c0 collate binary desc) where typeof(c0) = 'text'",
] as const

const column: fc.Arbitrary<ColumnSpec> = fc.record({
  type: fc.constantFrom('integer', 'text', 'real', 'blob', 'any'),
  collation: fc.constantFrom('', '', 'nocase', 'rtrim'),
  isUnique: fc.nat(7).map((n) => n === 7),
})

const table: fc.Arbitrary<TableSpec> = fc.record({
  key: fc.constantFrom(
    'rowid',
    'rowid',
    'none',
    'autoincrement',
    'text',
    'collated',
    'pair',
    'descending',
    'unique',
  ),
  columns: fc.array(column, { minLength: 1, maxLength: 3 }),
  withoutRowid: fc.nat(3).map((n) => n === 3),
  strict: fc.nat(3).map((n) => n === 3),
  generated: fc.constantFrom('none', 'none', 'virtual', 'stored'),
  reference: fc.constantFrom(
    'none',
    'cascade',
    'cascade',
    'set null',
    'set default',
    'restrict',
    'no action',
  ),
  conflict: fc.constantFrom('', '', 'replace', 'replace', 'ignore', 'fail', 'rollback'),
  index: fc.nat(INDEXES.length - 1),
  check: fc.constantFrom('', '', "typeof(c0) <> 'blob'", 'k is null or k <> 5'),
})

export const schemaSpec: fc.Arbitrary<SchemaSpec> = fc.record({
  tables: fc.array(table, { minLength: 2, maxLength: 4 }),
  views: fc.array(picks, { maxLength: 3 }),
  triggers: fc.array(picks, { maxLength: 3 }),
  hasTextIndex: fc.boolean(),
  hasSpatialIndex: fc.boolean(),
})

/** The statements that make tables and what belongs to them. */
export function renderTables({ tables, hasTextIndex, hasSpatialIndex }: SchemaSpec): readonly string[] {
  const statements = tables.flatMap((spec, i) => [
    ...renderTable(spec, i, tables[i - 1]),
    ...renderRows(spec, i),
  ])
  if (hasTextIndex) {
    statements.push('create virtual table f using fts5 (body)')
    statements.push("insert into f (rowid, body) values (1, 'apple pie'), (2, 'pear'), (3, 'Apple')")
  }
  if (hasSpatialIndex) {
    statements.push('create virtual table area using rtree (k, x0, x1, y0, y1, +label)')
    statements.push(
      "insert into area values (1, 0, 2, 0, 1, 'a'), (2, 1, 1.5, 3, 4, 'b'), (3, 2, 5, 0.5, 2, null)",
    )
  }
  return statements
}

/** A view over what there is by then. */
export function renderView(numbers: Picks, number: number, relations: readonly Relation[]): string {
  return `create view v${number} as ${renderQuery(numbers, relations).sql}`
}

/** A trigger by which a write to one table writes to another. */
export function renderTrigger(numbers: Picks, number: number, relations: readonly Relation[]): string {
  const p = new Picker(numbers)
  const tables = relations.filter(({ kind }) => kind === 'table')
  const on = tables[p.below(tables.length)]
  const target = tables[p.below(tables.length)]
  if (on === undefined || target === undefined) return 'select 1'
  const columnOf = (relation: Relation): string => relation.columns[p.below(relation.columns.length)] ?? 'k'
  const event = p.of(['insert', 'update', 'delete', `update of ${columnOf(on)}`])
  const row = event === 'delete' ? 'old' : 'new'
  const source = columnOf(on)
  const to = columnOf(target)
  // Else triggers that write to each other's tables may double them with every row, and never end.
  const hasRoom = `where (select count(*) from ${target.name}) < ${ROOM}`
  const action = p.of([
    `update ${target.name} set ${to} = ${row}.${source}`,
    `update ${target.name} set ${to} = ${row}.${source} where k = ${p.below(4)}`,
    `insert into ${target.name} (k, ${to === 'k' ? 'c0' : to}) select ${row}.k, ${row}.${source} ${hasRoom}`,
    `delete from ${target.name} where ${to} = ${row}.${source}`,
    `insert or replace into ${target.name} (k) select ${row}.k ${hasRoom}`,
    `select raise (${p.of(["abort, 'no'", "fail, 'no'", "rollback, 'no'", 'ignore'])})`,
  ])
  return `create trigger r${number} ${p.of(['after', 'before'])} ${event} on ${on.name} when ${row}.k > ${p.below(4)} begin ${action}; end`
}

function renderTable(spec: TableSpec, i: number, parent: TableSpec | undefined): string[] {
  const conflict = spec.conflict === '' ? '' : ` on conflict ${spec.conflict}`
  const isReferring = spec.reference !== 'none' && canBeReferred(i === 0 ? spec : parent)
  const columns = [
    keyColumn(spec, conflict),
    ...spec.columns.map((each, c) => plainColumn(each, c, spec, conflict)),
    ...(spec.generated === 'none'
      ? []
      : [
          `g ${spec.strict ? 'any' : ''} generated always as (${spec.index % 3 === 0 ? 'length(c0) + k' : "c0 || '!'"}) ${spec.generated}`,
        ]),
    ...(isReferring
      ? [
          `r ${spec.strict ? 'any' : ''} default null references ${i === 0 ? 't0' : `t${i - 1}`} on delete ${spec.reference} on update ${spec.reference} deferrable initially ${spec.index % 2 === 0 ? 'deferred' : 'immediate'}`,
        ]
      : []),
    ...(spec.key === 'pair' ? [`primary key (k, c0)${conflict}`] : []),
    ...(spec.key === 'descending' ? [`primary key (c0 collate nocase desc, k)${conflict}`] : []),
    ...(spec.check === '' ? [] : [`check (${spec.check})`]),
  ]
  const hasKey = !['none', 'autoincrement', 'unique'].includes(spec.key)
  const options = [
    ...(spec.withoutRowid && hasKey ? ['without rowid'] : []),
    ...(spec.strict ? ['strict'] : []),
  ]
  const index = INDEXES[spec.index] ?? ''
  return [
    `create table t${i} (${columns.join(', ')}) ${options.join(', ')}`,
    ...(index === '' ? [] : [`create index t${i}_i on t${i} ${index}`]),
  ]
}

/** Something to begin with; where the schema forbids a row, it is left out. */
function renderRows({ columns }: TableSpec, i: number): readonly string[] {
  const names = ['k', ...columns.map((_, c) => `c${c}`)]
  return ["1, 'a', 1, 2.5", "2, 'A', 2, 'apple pie'", "3, 3, null, 'b '", "4, 'a ', 1, 1"].map((values) => {
    const list = values.split(', ').slice(0, names.length)
    return `insert or ignore into t${i} (${names.join(', ')}) values (${list.join(', ')})`
  })
}

function canBeReferred(spec: TableSpec | undefined): boolean {
  return spec !== undefined && ['rowid', 'autoincrement', 'text', 'collated'].includes(spec.key)
}

function keyColumn({ key, strict }: TableSpec, conflict: string): string {
  switch (key) {
    case 'rowid':
      return `k integer primary key${conflict}`
    case 'autoincrement':
      return `k integer primary key${conflict} autoincrement`
    case 'text':
      return `k ${strict ? 'any' : 'text'} primary key${conflict}`
    case 'collated':
      return `k ${strict ? 'any' : 'text'} collate nocase primary key${conflict}`
    case 'unique':
      return `k ${strict ? 'any' : ''} unique${conflict}`
    default:
      return `k ${strict ? 'any' : 'integer'} ${key === 'pair' || key === 'descending' ? 'not null' : ''}`
  }
}

function plainColumn(spec: ColumnSpec, c: number, { strict }: TableSpec, conflict: string): string {
  const type = spec.type === 'any' && !strict ? '' : spec.type
  const collation = spec.collation === '' ? '' : ` collate ${spec.collation}`
  return `c${c} ${type}${collation}${spec.isUnique ? ` unique${conflict}` : ''}`
}
