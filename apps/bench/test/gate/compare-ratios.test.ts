import { expect, test } from 'vitest'
import { compareRatios } from '../../runner/gate/compare-ratios.ts'
import type { Figure } from '../../src/side-by-side/results.ts'
import type { Unit, Workload } from '../../src/side-by-side/workload.ts'

const WORKLOADS: readonly Workload[] = [workload('time', 'ms'), workload('rate', 'a second')]

test.each([
  ['time', 10, 20, 2, true],
  ['time', 19, 20, 1.05, true],
  ['time', 21, 20, 0.95, false],
  ['rate', 200, 100, 2, true],
  ['rate', 99, 100, 0.99, false],
])('%s of %d beside %d is a ratio of %d, which was 2: kept %s', (id, ours, other, now, isKept) => {
  const [outcome] = compareRatios([ratio(id)], WORKLOADS, [
    figure(id, 'ours', ours),
    figure(id, 'other', other),
  ])
  expect(outcome?.now).toBeCloseTo(now, 2)
  expect(outcome?.isKept).toBe(isKept)
})

test('what was not measured does not pass for what is kept', () => {
  const figures: readonly Figure[] = [
    figure('time', 'ours', 10),
    { workload: 'time', contender: 'other', notRun: 'it did not start' },
  ]
  expect(() => compareRatios([ratio('time')], WORKLOADS, figures)).toThrow('it did not start')
  expect(() => compareRatios([ratio('time')], WORKLOADS, [])).toThrow('was not measured')
  expect(() => compareRatios([ratio('other')], WORKLOADS, figures)).toThrow('no workload other')
})

function workload(id: string, unit: Unit): Workload {
  return { id, group: 'Group', name: id, unit }
}

function ratio(id: string): { ours: string; other: string; workload: string; times: number } {
  return { ours: 'ours', other: 'other', workload: id, times: 2 }
}

function figure(id: string, contender: string, median: number): Figure {
  return { workload: id, contender, values: [median], median, min: median, max: median }
}
