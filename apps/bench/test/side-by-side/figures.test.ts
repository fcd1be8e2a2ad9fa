import { expect, test } from 'vitest'
import { Figures } from '../../runner/side-by-side/figures.ts'

test('what is measured in several repetitions is one figure', () => {
  const figures = new Figures()
  figures.add('one', 'start', [3, 1])
  figures.add('one', 'start', [2])
  figures.add('other', 'start', [9])
  expect(figures.all()).toEqual([
    { contender: 'one', workload: 'start', values: [3, 1, 2], median: 2, min: 1, max: 3 },
    { contender: 'other', workload: 'start', values: [9], median: 9, min: 9, max: 9 },
  ])
})

test('one failure in any of them, and there is no figure, but the first reason', () => {
  const figures = new Figures()
  figures.add('one', 'start', [1])
  figures.fail('one', 'start', 'rows are missing')
  figures.fail('one', 'start', 'and others')
  figures.add('one', 'start', [1])
  expect(figures.all()).toEqual([{ contender: 'one', workload: 'start', notRun: 'rows are missing' }])
})
