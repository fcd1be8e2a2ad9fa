import type { Picker } from '../picker.ts'
import { RANK, type RandomQuery } from './random-query.ts'

/** A statement in its parts. */
export interface Select {
  readonly isDistinct?: boolean
  /** What it shows, every expression under another name. */
  readonly list: readonly { readonly expression: string; readonly name: string }[]
  /** All from FROM on to before ORDER BY. */
  readonly rest: string
  /** What tells all of its rows from each other, where the list does not. */
  readonly wholeOrder?: readonly string[]
  /** Shows every column before the list. */
  readonly isWhole?: boolean
}

interface Term {
  /** In a window, a term is no name or number of a column. */
  readonly inFull: string
  readonly inShort: string
}

/** The statement in some order, which is that of all rows where there is a limit: which ones it shows is determined. */
export function ordered(p: Picker, select: Select): RandomQuery {
  const terms = orderTerms(p, select)
  const order = terms.map(({ inShort }) => inShort).join(', ')
  const sql = `select ${selection(select)} ${select.rest} order by ${order}`
  if (p.oneIn(2)) return { order: 'whole', sql: `${sql}, ${orderOfAll(select)} ${limit(p)}`.trimEnd() }
  const rank = `dense_rank() over (order by ${terms.map(({ inFull }) => inFull).join(', ')}) as ${RANK}`
  return { order: 'ranked', sql, ranked: `select ${selection(select)}, ${rank} ${select.rest}` }
}

function selection({ isDistinct = false, isWhole = false, list }: Select): string {
  const shown = list.map(({ expression, name }) => `${expression} as ${name}`)
  return `${isDistinct ? 'distinct ' : ''}${[...(isWhole ? ['*'] : []), ...shown].join(', ')}`
}

function orderTerms(p: Picker, { list, isWhole }: Select): readonly Term[] {
  const count = 1 + p.below(Math.min(3, list.length))
  const first = p.below(list.length)
  return Array.from({ length: count }, (_, i) => {
    const place = (first + i) % list.length
    const { expression, name } = list[place] ?? { expression: '1', name: '1' }
    const collation = p.of(['', '', ' collate nocase', ' collate binary', ' collate rtrim'])
    const direction = p.of(['', ' desc', ' desc', ' asc'])
    const nulls = p.of(['', '', ' nulls last', ' nulls first'])
    const written = p.of([expression, name, isWhole === true ? name : String(place + 1)])
    const suffix = `${collation}${direction}${nulls}`
    return { inFull: `${expression}${suffix}`, inShort: `${written}${suffix}` }
  })
}

function orderOfAll({ list, wholeOrder }: Select): string {
  return (wholeOrder ?? list.map(({ name }) => `${name} collate binary`)).join(', ')
}

function limit(p: Picker): string {
  const rows = p.of(['1', '2', '3', '4', '5', '7', '2', '3', '0', '-1'])
  return p.of([
    `limit ${rows}`,
    `limit ${rows} offset ${p.below(3)}`,
    `limit ${rows} offset ${p.of(['1', '2', '-1'])}`,
    '',
  ])
}
