import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { DataSyncError, ERROR_REMEDIES, type ErrorCode } from '../src/errors.ts'

const ROOT = join(import.meta.dirname, '../../..')
const FOLDER = join(ROOT, 'docs/errors')
const CODES = Object.keys(ERROR_REMEDIES).toSorted() as ErrorCode[]

describe('the pages on errors', () => {
  test('are one for each code, and none besides', () => {
    const pages = readdirSync(FOLDER)
      .filter((file) => file !== 'README.md')
      .toSorted()

    expect(pages).toEqual(CODES.map((code) => `${code}.md`))
  })

  test('are listed in the order of the alphabet', () => {
    const index = readFileSync(join(FOLDER, 'README.md'), 'utf8')

    expect([...index.matchAll(/^- \[`(.+)`\]\((.+)\.md\)$/gm)].map(([, code, file]) => [code, file])).toEqual(
      CODES.map((code) => [code, code]),
    )
  })

  test.each(CODES)('%s: says what happened, why, what to do, and shows it', (code) => {
    const page = readFileSync(join(ROOT, new DataSyncError(code, 'It happened.').docs), 'utf8')

    const [title, ...sections] = page.split(/^##? /m).slice(1)
    expect(title?.trim()).toBe(`\`${code}\``)
    expect(sections.map((section) => section.split('\n')[0])).toEqual([
      'What happened',
      'Why',
      'What to do',
      'Example',
    ])
    for (const section of sections) expect(section.split('\n').slice(1).join('').trim()).not.toBe('')
  })
})
