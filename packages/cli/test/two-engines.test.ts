import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ENGINE, findings, installed, makeProject } from './project-stage.ts'

const NAME = '@datasync/engine'
const TODO_LIST = { name: 'todo-list', version: '2.0.0', dependencies: { [NAME]: '^0.9.0' } }
const SHOP = { dependencies: { [NAME]: '^1.0.0', 'todo-list': '^2.0.0' } }

/** What pnpm leaves: each package once in its store, with links to what it depends on. */
const PNPM = 'node_modules/.pnpm'
const stored = (version: string): string => `${PNPM}/@datasync+engine@${version}/node_modules/${NAME}`
const STORED_LIST = `${PNPM}/todo-list@2.0.0/node_modules`

function inStore(version: string): Readonly<Record<string, unknown>> {
  return { [`${stored(version)}/package.json`]: { name: NAME, version } }
}

test('sees the engine that npm puts below the package that asks for another version', async () => {
  const folder = await makeProject({
    'package.json': SHOP,
    ...ENGINE,
    'node_modules/todo-list/package.json': TODO_LIST,
    [`node_modules/todo-list/node_modules/${NAME}/package.json`]: { name: NAME, version: '0.9.0' },
  })

  expect(await findings(folder)).toEqual([
    expect.objectContaining({
      code: 'two-engines',
      severity: 'error',
      sentence: `${NAME} is installed 2 times: node_modules/${NAME} (1.0.0), node_modules/todo-list/node_modules/${NAME} (0.9.0).`,
      remedy: expect.stringContaining('npm dedupe'),
    }),
  ])
})

test('sees two engines in the store of pnpm, of which one is linked to another package', async () => {
  const folder = await makeProject(
    {
      'package.json': SHOP,
      ...inStore('1.0.0'),
      ...inStore('0.9.0'),
      [`${STORED_LIST}/todo-list/package.json`]: TODO_LIST,
    },
    {
      [`node_modules/${NAME}`]: stored('1.0.0'),
      'node_modules/todo-list': `${STORED_LIST}/todo-list`,
      [`${STORED_LIST}/${NAME}`]: stored('0.9.0'),
    },
  )

  expect(await findings(folder)).toEqual([
    expect.objectContaining({
      code: 'two-engines',
      sentence: `${NAME} is installed 2 times: ${stored('0.9.0')} (0.9.0), ${stored('1.0.0')} (1.0.0).`,
      remedy: expect.stringMatching(/pnpm why.*pnpm dedupe/),
    }),
  ])
})

test('takes one engine that is linked twice for one', async () => {
  const folder = await makeProject(
    {
      'package.json': SHOP,
      ...inStore('1.0.0'),
      [`${STORED_LIST}/todo-list/package.json`]: { ...TODO_LIST, peerDependencies: { [NAME]: '*' } },
    },
    {
      [`node_modules/${NAME}`]: stored('1.0.0'),
      'node_modules/todo-list': `${STORED_LIST}/todo-list`,
      [`${STORED_LIST}/${NAME}`]: stored('1.0.0'),
    },
  )

  expect(await findings(folder)).toEqual([])
})

test('blames no app for the engine that another app of its workspace has', async () => {
  const folder = await makeProject(
    {
      'package.json': { workspaces: ['apps/*'] },
      'apps/shop/package.json': { dependencies: { [NAME]: '^1.0.0' } },
      'apps/till/package.json': { dependencies: { [NAME]: '^0.9.0' } },
      ...inStore('1.0.0'),
      ...inStore('0.9.0'),
    },
    {
      [`apps/shop/node_modules/${NAME}`]: stored('1.0.0'),
      [`apps/till/node_modules/${NAME}`]: stored('0.9.0'),
    },
  )

  expect(await findings(join(folder, 'apps/shop'))).toEqual([])
  expect(await findings(join(folder, 'apps/till'))).toEqual([])
})

test('sees the engine of a package that is developed beside the project, and linked', async () => {
  const folder = await makeProject(
    {
      'shop/package.json': SHOP,
      [`shop/node_modules/${NAME}/package.json`]: { name: NAME, version: '1.0.0' },
      'todo-list/package.json': TODO_LIST,
      [`todo-list/node_modules/${NAME}/package.json`]: { name: NAME, version: '1.0.0' },
    },
    { 'shop/node_modules/todo-list': 'todo-list' },
  )

  expect(await findings(join(folder, 'shop'))).toEqual([
    expect.objectContaining({
      code: 'two-engines',
      sentence: expect.stringContaining(join('..', 'todo-list', 'node_modules')),
    }),
  ])
})

test('follows packages that depend on each other, and passes over what is not installed', async () => {
  const folder = await makeProject({
    'package.json': { dependencies: { [NAME]: '1.0.0', a: '1.0.0' } },
    ...ENGINE,
    ...installed('a', '1.0.0', { dependencies: { b: '1.0.0' } }),
    ...installed('b', '1.0.0', { dependencies: { a: '1.0.0' }, optionalDependencies: { fsevents: '*' } }),
  })

  expect(await findings(folder)).toEqual([])
})
