import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { check, resolveConfig } from 'prettier'
import { withResults } from '../../runner/side-by-side/report/write-docs.ts'
import { sampleResults } from './sample-results.ts'

const RESULTS = sampleResults()

const PAGE = join(import.meta.dirname, '../../../../docs/benchmarks.md')

test('the tables of a run take the place of those before, and nothing else changes', async () => {
  const page = await readFile(PAGE, 'utf8')
  const once = withResults(page, RESULTS)
  expect(withResults(once, RESULTS)).toBe(once)
  expect(once).toContain('2 cores')
  const outside = (text: string): string => text.replace(/<!-- results -->[^]*<!-- \/results -->/, '')
  expect(outside(once)).toBe(outside(page))
  expect(await check(once, { ...(await resolveConfig(PAGE)), filepath: PAGE })).toBe(true)
})

test('a page without a place for them is left alone', () => {
  expect(() => withResults('# Benchmarks\n', RESULTS)).toThrow('has no <!-- results -->')
})
