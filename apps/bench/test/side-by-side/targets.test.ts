import { expect, test } from 'vitest'
import { MISSED } from '../../runner/side-by-side/missed.ts'
import { targetsOf } from '../../runner/side-by-side/targets.ts'
import { workloadsOf } from '../../runner/side-by-side/workloads.ts'
import type { Figure } from '../../src/side-by-side/results.ts'
import { FULL } from '../../src/side-by-side/scale.ts'

const WORKLOADS = workloadsOf(FULL)
const RELAXED = 'DataSync indexeddb (jspi), relaxed'

test('a target is as many times reached as it is passed, for times and for rates', () => {
  const targets = targetsOf(WORKLOADS, [
    figure(RELAXED, 'write-awaited', 0.1),
    figure('raw IndexedDB', 'write-awaited', 2),
    figure(RELAXED, 'write-concurrent', 4000),
    figure('raw IndexedDB', 'write-concurrent', 2000),
  ])
  expect(targets.map(({ aim, measured, times }) => [aim, measured, times])).toEqual([
    ['10 times raw IndexedDB', `20.0 times (${RELAXED})`, 2],
    ['10 times raw IndexedDB', `2.0 times (${RELAXED})`, 0.2],
    ['under 5 ms', `0.10 ms (${RELAXED})`, 50],
  ])
})

test('a reason is given only where a target is missed', () => {
  const starts = (milliseconds: number): readonly (string | undefined)[] =>
    targetsOf(WORKLOADS, [figure('DataSync opfs', 'start-10', milliseconds)]).map(({ reason }) => reason)
  expect(starts(90)).toEqual([undefined])
  expect(starts(110)).toEqual([MISSED.get('DataSync opfs start-10')])
  expect(MISSED.get('DataSync opfs start-10')).toBeDefined()
})

test('what was not run is no target', () => {
  expect(
    targetsOf(WORKLOADS, [{ contender: RELAXED, workload: 'write-awaited', notRun: 'no room' }]),
  ).toEqual([])
})

test('reasons are given for nothing but workloads', () => {
  const ids = WORKLOADS.map(({ id }) => id)
  for (const subject of MISSED.keys()) expect(ids).toContain(subject.split(' ').at(-1))
})

function figure(contender: string, workload: string, median: number): Figure {
  return { contender, workload, values: [median], median, min: median, max: median }
}
