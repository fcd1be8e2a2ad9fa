import type { Scale } from '../../scale.ts'
import { timed, verify, type Measures } from '../../task.ts'
import { timeEach } from '../../timing.ts'
import { expectTotals } from '../expect-rows.ts'
import { KEY_PAGES, LargeAnswers, pairOf, RANGE, SCANS, SOUGHT } from './large-data.ts'
import type { LargeTable } from './large-table.ts'

export async function measureLargeTable(table: LargeTable, scale: Scale): Promise<Measures> {
  const rows = scale.largeRows
  const expected = LargeAnswers.of(rows)
  const filled = await timed(() => table.fill(rows))
  const { makeIndex } = table
  const indexed = makeIndex && [await timed(makeIndex)]
  const ask = async <Answer>(
    query: () => Promise<Answer>,
    check: (answer: Answer) => void,
  ): Promise<readonly number[]> => {
    const answers: Answer[] = []
    const times = await timeEach(SCANS, async () => answers.push(await query()))
    answers.forEach(check)
    return times
  }
  return {
    'large-fill': [filled],
    ...(indexed && { 'large-index': indexed }),
    'large-sum': await ask(
      () => table.sum(rows),
      (sum) => verify(sum === expected.sum, `a sum of ${sum}`),
    ),
    'large-keys': await ask(() => readPages(table), expectPages),
    'large-range': await ask(
      () => table.range(RANGE.from, RANGE.to),
      (totals) => expectTotals(totals, expected.range, 'a range'),
    ),
    'large-scan': await ask(
      () => table.countSought(SOUGHT, rows),
      (count) => verify(count === expected.sought, `${count} keys`),
    ),
    'large-group': await ask(
      () => table.groups(rows),
      (groups) => {
        const isRight = expected.groups.every(({ count, average }, index) => {
          const group = groups[index]
          return group?.count === count && Math.abs(group.average - average) < 1e-6 * average
        })
        verify(isRight && groups.length === expected.groups.length, 'the groups')
      },
    ),
  }
}

/** Fails unless all rows are there. */
export async function verifyLargeTable(table: LargeTable, { largeRows }: Scale): Promise<void> {
  const count = await table.count()
  verify(count === largeRows, `${count} rows of the large table`)
}

async function readPages(table: LargeTable): Promise<readonly (readonly string[])[]> {
  const pages: (readonly string[])[] = []
  for (let page = 0; page < KEY_PAGES.pages; page++) {
    pages.push(await table.keys(page * KEY_PAGES.apart + 1, KEY_PAGES.rows))
  }
  return pages
}

function expectPages(pages: readonly (readonly string[])[]): void {
  pages.forEach((keys, page) => {
    const first = page * KEY_PAGES.apart + 1
    const isRight = keys.every((key, index) => key === pairOf(first + index).key)
    verify(isRight && keys.length === KEY_PAGES.rows, `the keys from ${first} on`)
  })
}
