import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isBelowFloor } from '../src/browser-floor.ts'
import { ENGINE, findings, makeProject } from './project-stage.ts'

type Files = Readonly<Record<string, unknown>>

const builtWith = (target: string): Files => ({
  'package.json': {},
  'vite.config.ts': `export default { build: { target: ${target} } }`,
})

test.each<[what: string, files: Files, old: string, remedy: string]>([
  [
    'browserslist in package.json',
    { 'package.json': { browserslist: ['chrome >= 90', 'firefox >= 115', 'not dead'] } },
    '`browserslist` in package.json names chrome >= 90.',
    '"chrome >= 114","edge >= 114","firefox >= 115","safari >= 17","ios_saf >= 17"',
  ],
  [
    'browserslist as one text',
    { 'package.json': { browserslist: 'last 2 versions, IE 11 or safari 15-17' } },
    'names ie 11, safari 15-17.',
    'chrome >= 114',
  ],
  [
    'what visitors get, and not what developers do',
    { 'package.json': { browserslist: { production: ['edge <= 120'], development: ['chrome 80'] } } },
    'names edge <= 120.',
    'chrome >= 114',
  ],
  [
    '.browserslistrc',
    {
      'package.json': {},
      '.browserslistrc':
        '# Ours\n[production staging]\nios_saf >= 15 and > 1% # phones\nop_mini all\n[test]\nfirefox 60',
    },
    '.browserslistrc names ios_saf >= 15 and > 1%, op_mini all. ',
    'chrome >= 114',
  ],
  [
    'the target of Vite',
    builtWith("['es2022', 'chrome87', 'safari14.1', 'edge130']"),
    'vite.config.ts names chrome87, safari14.1.',
    'Set the `target` there to ["chrome114","edge114","firefox115","safari17"]',
  ],
  ['an edition of JavaScript', builtWith("'es2015'"), 'vite.config.ts names es2015.', 'or leave it out'],
  [
    'the target of esbuild',
    { 'package.json': { scripts: { build: 'esbuild app.ts --target=es6,firefox78 --bundle' } } },
    'The script `build` in package.json names es6, firefox78.',
    '--target=chrome114,edge114,firefox115,safari17',
  ],
])('says of %s what is too old, and what to name instead', async (_, files, old, remedy) => {
  const folder = await makeProject({ ...ENGINE, ...files })

  expect(await findings(folder)).toEqual([
    expect.objectContaining({
      code: 'browsers-too-old',
      severity: 'warning',
      sentence: expect.stringContaining(old),
      remedy: expect.stringContaining(remedy),
    }),
  ])
})

test.each<[what: string, files: Files]>([
  ['browserslist', { 'package.json': { browserslist: ['chrome >= 114', 'not ie 11', 'not op_mini all'] } }],
  ['what only the data of browsers tells', { 'package.json': { browserslist: 'defaults and > 0.5%' } }],
  ['targets', builtWith("['chrome120', 'safari17', 'es2020', 'esnext']")],
  ['what is no target of a build', builtWith("'http://localhost:3000'")],
  ['a target in a comment', builtWith("'esnext' // target: 'es5'\n// target: 'es5'\n/* target: 'es5' */")],
])('is content with %s that DataSync runs in', async (_, files) => {
  expect(await findings(await makeProject({ ...ENGINE, ...files }))).toEqual([])
})

test('has the oldest versions that the engine is built for', () => {
  const config = readFileSync(join(import.meta.dirname, '../../engine/tsdown.config.ts'), 'utf8')
  const targets = [...config.matchAll(/'(chrome|firefox|safari)(\d+)'/g)]

  expect(targets).toHaveLength(3)
  for (const [, name = '', version] of targets) {
    expect([isBelowFloor(name, Number(version)), isBelowFloor(name, Number(version) - 1)]).toEqual([
      false,
      true,
    ])
  }
})
