import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../../../..')

test('each finding has a section in the guide, in the order of the alphabet', () => {
  const source = readFileSync(join(ROOT, 'packages/engine/src/doctor/finding.ts'), 'utf8')
  const guide = readFileSync(join(ROOT, 'docs/guide/troubleshooting.md'), 'utf8')
  const codes = [...source.matchAll(/^ {2}\| '([a-z-]+)'$/gm)].map(([, code]) => code)

  expect(codes.length).toBeGreaterThan(10)
  expect([...guide.matchAll(/^### `([a-z-]+)`$/gm)].map(([, code]) => code)).toEqual(codes)
})
