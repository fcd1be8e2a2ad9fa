import { format, resolveConfig } from 'prettier'
import { expect, test } from 'vitest'
import { renderTables } from '../../runner/side-by-side/report/render-tables.ts'
import { fewResults } from './few-results.ts'
import { sampleResults } from './sample-results.ts'

test('a group is a table of medians with the best in bold, and says once why something was not run', () => {
  const tables = renderTables(
    fewResults({
      'Insert rows': { unit: 'ms', figures: { 'DataSync opfs': 10, sqlocal: 25.25, dexie: 'It crashed.' } },
      'Read rows': {
        unit: 'a second',
        figures: { 'DataSync opfs': 900, sqlocal: 1200, dexie: 'It crashed.' },
      },
      'Queries run again': {
        unit: 'runs',
        figures: { 'DataSync opfs': 0, sqlocal: 12, dexie: 100, pglite: 'It has none.' },
      },
    }),
  )
  expect(tables).toBe(`### Group

|                          | DataSync opfs |   sqlocal |          dexie |
| ------------------------ | ------------: | --------: | -------------: |
| Insert rows (ms)         |      **10.0** |      25.3 | – <sup>1</sup> |
| Read rows (a second)     |           900 | **1,200** | – <sup>1</sup> |
| Queries run again (runs) |         **0** |        12 |            100 |

<sup>1</sup> Not run: It crashed.

Not run by pglite: It has none.
`)
})

test('contenders become rows where they are too many for columns', () => {
  const figures = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`c${i}`, i + 1]))
  const lines = renderTables(fewResults({ Open: { unit: 'ms', figures } })).split('\n')
  expect(lines.slice(2, 6)).toEqual([
    '|     | Open (ms) |',
    '| --- | --------: |',
    '| c0  |  **1.00** |',
    '| c1  |      2.00 |',
  ])
})

test('targets are the last table', () => {
  const target = { name: 'Start', aim: 'under 100 ms', measured: '130 ms', times: 0.77, reason: 'a | b' }
  const results = { ...fewResults({}), targets: [target, { ...target, times: 2, reason: undefined }] }
  expect(renderTables(results)).toContain(String.raw`0.77× **missed** | a \| b`)
  expect(renderTables(results)).toContain('2.00× reached')
})

test('Prettier changes nothing, whatever the messages of others are made of', async () => {
  const odd = fewResults({
    'a_b * c | d': {
      unit: 'ms',
      figures: { 'wa-sqlite <x>': 'TypeError: `f` is\n not [a] *function* __x__ #1', b: 1 },
    },
  })
  for (const results of [sampleResults(), odd]) {
    const tables = renderTables(results)
    const config = await resolveConfig(import.meta.filename)
    expect(await format(tables, { ...config, parser: 'markdown' })).toBe(tables)
  }
})
