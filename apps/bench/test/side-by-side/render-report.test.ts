import { parseHTML } from 'linkedom'
import { expect, test } from 'vitest'
import { renderReport } from '../../runner/side-by-side/report/render-report.ts'
import { fewResults } from './few-results.ts'
import { sampleResults } from './sample-results.ts'

test('a page has all workloads, contenders and reasons, and asks for nothing else', () => {
  const results = sampleResults()
  const page = renderReport(results)
  const { document } = parseHTML(page)
  expect(document.querySelectorAll('tbody th[scope=rowgroup]')).toHaveLength(results.workloads.length)
  expect(document.querySelectorAll('section td')).not.toHaveLength(0)
  expect(document.querySelectorAll('aside li')).toHaveLength(results.contenders.length)
  expect(document.querySelector('#bulk-insert')?.textContent).toContain('Not run: It cannot import a file.')
  expect(document.querySelectorAll('script, link, img, [src]')).toHaveLength(0)
  expect(page).not.toMatch(/undefined|NaN|Infinity/)
})

test('every plot says what it shows', () => {
  const { document } = parseHTML(renderReport(sampleResults()))
  const plots = [...document.querySelectorAll('figure > svg')]
  expect(plots).toHaveLength(2 * 14)
  expect(plots.filter((plot) => !plot.getAttribute('aria-label'))).toEqual([])
})

test('what has no ratio is said in words, and markup in messages is text', () => {
  const page = renderReport(
    fewResults({
      runs: { unit: 'runs', figures: { 'DataSync opfs': 0, sqlocal: 12, dexie: '<b>no</b> & never' } },
      nobody: { unit: 'ms', figures: { dexie: 'It crashed.' } },
    }),
  )
  expect(page).toContain('12 runs: sqlocal')
  expect(page).toContain('&lt;b&gt;no&lt;/b&gt; &amp; never')
  expect(page).not.toMatch(/NaN|Infinity/)
})

test('a whisker ends within the plot, and nothing that took no time breaks it', () => {
  const results = fewResults({ time: { unit: 'ms', figures: { a: 1, b: 5 } } })
  const figures = results.figures.map((figure) => ({ ...figure, min: 0, max: 1e9 }))
  const { document } = parseHTML(renderReport({ ...results, figures }))
  const ends = [...document.querySelectorAll('figure.wide .whisker line')].flatMap((line) =>
    ['x1', 'x2'].map((end) => Number(line.getAttribute(end))),
  )
  expect(Math.min(...ends)).toBeCloseTo(300)
  expect(Math.max(...ends)).toBeCloseTo(880)
})
