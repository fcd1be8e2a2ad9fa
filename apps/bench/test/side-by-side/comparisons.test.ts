import { expect, test } from 'vitest'
import { comparisonsOf, groupsOf, type Comparison } from '../../runner/side-by-side/report/comparisons.ts'
import { ranFew, standingsOf } from '../../runner/side-by-side/report/standings.ts'
import { fewResults } from './few-results.ts'
import { sampleResults } from './sample-results.ts'

test('the best comes first, and who did not run is listed with the reason', () => {
  const [time, rate] = comparisonsOf(
    fewResults({
      time: { unit: 'ms', figures: { a: 20, b: 10, c: 'It has no SQL.' } },
      rate: { unit: 'a second', figures: { a: 20, b: 10, c: 0 } },
    }),
  )
  expect(ratios(time)).toEqual([
    ['b', 1, true],
    ['a', 2, false],
  ])
  expect(time?.absent.map(({ contender, reason }) => [contender.name, reason])).toEqual([
    ['c', 'It has no SQL.'],
  ])
  expect(ratios(rate)).toEqual([
    ['a', 1, true],
    ['b', 2, false],
    ['c', undefined, false],
  ])
})

test('where the best is none, all who had none are the best, and nobody has a ratio', () => {
  const [runs] = comparisonsOf(fewResults({ runs: { unit: 'runs', figures: { a: 7, b: 0, c: 0 } } }))
  expect(ratios(runs)).toEqual([
    ['b', undefined, true],
    ['c', undefined, true],
    ['a', undefined, false],
  ])
})

test('a workload that nobody ran has no best', () => {
  const [none] = comparisonsOf(fewResults({ none: { unit: 'ms', figures: { a: 'It crashed.' } } }))
  expect(none?.entries).toEqual([])
})

test('the rows of the large table stand in the names, and groups in the order of the run', () => {
  const groups = groupsOf(sampleResults())
  expect(groups.map(({ name }) => name).slice(0, 3)).toEqual(['Cold start', 'Bulk insert', 'Small writes'])
  expect(groups[1]?.comparisons[0]?.workload.name).toBe('Insert 1,000,000 rows in one transaction')
})

test('means are of those that have a ratio, and who ran less than half comes last', () => {
  const results = fewResults({
    first: { unit: 'ms', figures: { a: 40, b: 10, c: 'It crashed.' } },
    second: { unit: 'ms', figures: { a: 10, b: 10, c: 'It crashed.' } },
    third: { unit: 'runs', figures: { a: 3, b: 0, c: 'It crashed.' } },
    fourth: { unit: 'ms', figures: { a: 20, b: 20, c: 10 } },
  })
  const standings = standingsOf(results.contenders, comparisonsOf(results))
  expect(
    standings.map(({ contender, mean, ran, best }) => [contender.name, mean.toFixed(3), ran, best]),
  ).toEqual([
    ['b', (2 ** (1 / 3)).toFixed(3), 4, 3],
    ['a', '2.000', 4, 1],
    ['c', '1.000', 1, 1],
  ])
  expect(standings.map(ranFew)).toEqual([false, false, true])
})

function ratios(comparison: Comparison | undefined): readonly unknown[] {
  return (comparison?.entries ?? []).map(({ contender, ratio, isBest }) => [contender.name, ratio, isBest])
}
