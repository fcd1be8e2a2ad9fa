import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { EXAMPLES } from './examples.ts'
import { ROOT } from './run-program.ts'
import { SERVER_APPS, shownFilesOf, shownSources } from './server-app.ts'
import { filesIn } from './shown-files.ts'

const GUIDE = readFileSync(join(ROOT, 'docs/guide/bundlers.md'), 'utf8')
const SECTIONS = GUIDE.split(/^## /m).slice(1)
const ROW = /^\| \[(.+?)\]\(#.+?\) +\| +(\d+) \| +(\d+) \| +(\d+) \|$/gm

test('the guide has a section for each example', () => {
  const shown = SECTIONS.map((section) => exampleOf(section))
  expect(shown.toSorted()).toEqual(EXAMPLES.map(({ name }) => name).toSorted())
})

test('the table of the guide has what its sections and the examples come to', () => {
  const rows = [...GUIDE.matchAll(ROW)].map(([, title, ...counts]) => [title, ...counts.map(Number)])
  expect(rows).toEqual(
    SECTIONS.map((section) => [
      section.slice(0, section.indexOf('\n')),
      countCommands(section),
      countLines(exampleOf(section)),
      configurationOf(section).length,
    ]),
  )
})

test('what the guide shows of a file is in the example', () => {
  for (const section of SECTIONS) {
    const folder = folderOf(exampleOf(section))
    for (const { language, file, text } of filesIn(section)) {
      const content = readFileSync(join(folder, file), 'utf8')
      if (language === 'diff') for (const line of addedBy(text)) expect(content).toContain(line)
      else expect(text, `${file} in the section of ${exampleOf(section)}`).toBe(content)
    }
  }
})

test('no page shows a file of an app that nobody runs', () => {
  const shown = globSync('{README.md,docs/**/*.md,packages/*/README.md}', { cwd: ROOT })
    .map((page) => ({ page, files: filesIn(readFileSync(join(ROOT, page), 'utf8')) }))
    .filter(({ files }) => files.length > 0)
  expect(Object.fromEntries(shown.map(({ page, files }) => [page.replaceAll('\\', '/'), files]))).toEqual({
    'docs/guide/bundlers.md': SECTIONS.flatMap((section) => filesIn(section)),
    'docs/guide/server-rendering.md': [...shownSources(), ...SERVER_APPS.flatMap((app) => shownFilesOf(app))],
  })
})

function countCommands(section: string): number {
  const [, commands = ''] = /^```sh\n(.*?)\n```$/ms.exec(section) ?? []
  return commands.split(/\n| && /).length
}

/** Of what imports DataSync, without blank ones. */
function countLines(example: string): number {
  const folder = folderOf(example)
  return globSync('{*.html,*.js,{src,app}/**/*.{ts,tsx,vue,svelte}}', { cwd: folder })
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .filter((content) => content.includes('@datasync/'))
    .flatMap((content) => content.split('\n'))
    .filter((line) => line.trim() !== '').length
}

function configurationOf(section: string): readonly string[] {
  return filesIn(section).flatMap(({ language, text }) => (language === 'diff' ? addedBy(text) : []))
}

function addedBy(diff: string): readonly string[] {
  return diff.split('\n').flatMap((line) => (line.startsWith('+') ? [line.slice(1)] : []))
}

function exampleOf(section: string): string {
  const [, name = ''] = /^Example: \[`([\w-]+)`\]/m.exec(section) ?? []
  return name
}

function folderOf(example: string): string {
  return join(ROOT, 'examples', example)
}
