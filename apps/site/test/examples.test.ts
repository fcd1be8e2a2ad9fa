import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { COMMENTS_NOT_RUN } from '../../../scripts/comments-not-run.ts'
import { readComments } from '../../../scripts/read-comments.ts'
import { readExamples } from '../../../scripts/read-examples.ts'

const ROOT = join(import.meta.dirname, '../../..')
const OF_APPS = /^```\w+ \[.*\]$/

const linesOf = (patterns: readonly string[]): readonly string[] =>
  globSync([...patterns], { cwd: ROOT, exclude: ['docs/api/**'] }).flatMap((path) =>
    readFileSync(join(ROOT, path), 'utf8').split('\n'),
  )

describe('the examples', () => {
  test('in the documentation are all read, and say what becomes of them', () => {
    const fences = linesOf(['README.md', 'docs/**/*.md', 'packages/*/README.md']).filter(
      (line) => /^\s*```(?:ts|tsx|vue|svelte)\b/.test(line) && !OF_APPS.test(line),
    )
    expect(readExamples()).toHaveLength(fences.length)
  })

  test('in TSDoc are all read', () => {
    const tags = linesOf(['packages/*/src/**/*.{ts,tsx}']).filter((line) => /^\s*\* @example\b/.test(line))
    expect(readComments()).toHaveLength(tags.length)
  })

  test.each(COMMENTS_NOT_RUN)('in $page that has $has is there, and is not run', ({ page, has, reason }) => {
    const found = readComments().filter((comment) => comment.page === page && comment.code.includes(has))
    expect(found.map(({ use }) => use)).toEqual([{ kind: 'compiled', reason }])
  })
})
