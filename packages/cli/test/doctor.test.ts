import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { doctor, ENGINE, findings, installed, makeProject } from './project-stage.ts'

test('says of a project in which nothing is wrong that nothing is, and ends with 0', async () => {
  const folder = await makeProject({
    'package.json': { dependencies: { '@datasync/engine': '1.0.0', vite: '8.3.8' } },
    'tsconfig.json': '{ // bundled\n "compilerOptions": { "moduleResolution": "bundler" } }',
    ...ENGINE,
    ...installed('vite', '8.3.8'),
    ...installed('typescript', '6.0.3'),
  })

  expect(await doctor(folder, 'doctor')).toMatchObject({
    exitCode: 0,
    out: expect.stringContaining('Nothing is wrong'),
  })
})

test.each<
  [what: string, files: Readonly<Record<string, unknown>>, code: string, severity: string, remedy: string]
>([
  [
    'the engine is not there',
    { 'package.json': {} },
    'engine-missing',
    'error',
    'npm install @datasync/engine',
  ],
  [
    'an adapter has another version',
    { 'package.json': {}, ...ENGINE, ...installed('@datasync/vue', '1.1.0') },
    'versions-differ',
    'error',
    'npm install @datasync/engine@1.1.0 @datasync/vue@1.1.0',
  ],
  [
    'a framework is too old for its adapter',
    {
      'package.json': {},
      ...ENGINE,
      ...installed('@datasync/react', '1.0.0', { peerDependencies: { react: '^19.0.0' } }),
      ...installed('react', '18.3.1'),
    },
    'framework-version',
    'error',
    "npm install react@'^19.0.0'",
  ],
  [
    'the bundler is old',
    { 'package.json': { devDependencies: { webpack: '^4' } }, ...ENGINE, ...installed('webpack', '4.47.0') },
    'bundler-too-old',
    'warning',
    'webpack@latest',
  ],
  [
    'Vite 7 bundles the engine beforehand',
    {
      'package.json': { devDependencies: { vite: '^7' } },
      'vite.config.ts': 'export default {}',
      ...ENGINE,
      ...installed('vite', '7.3.8'),
    },
    'vite-optimizer',
    'error',
    "optimizeDeps: { exclude: ['@datasync/engine'] }",
  ],
  [
    'esbuild copies no worker',
    {
      'package.json': { devDependencies: { esbuild: '*' }, scripts: { build: 'esbuild app.ts' } },
      ...ENGINE,
    },
    'esbuild-copy',
    'warning',
    'cp node_modules/@datasync/engine/dist/{worker.js,sqlite3.wasm}',
  ],
  [
    'TypeScript is old',
    { 'package.json': {}, ...ENGINE, ...installed('typescript', '5.4.5') },
    'typescript-too-old',
    'warning',
    'typescript@latest',
  ],
  [
    'TypeScript ignores exports',
    {
      'package.json': {},
      'tsconfig.json': '{ "compilerOptions": { "moduleResolution": "node", } }',
      ...ENGINE,
    },
    'module-resolution',
    'error',
    '"moduleResolution": "bundler"',
  ],
  [
    'TypeScript compiles for browsers of old',
    { 'package.json': {}, 'tsconfig.json': { compilerOptions: { target: 'ES5' } }, ...ENGINE },
    'target-too-old',
    'warning',
    '"target": "es2022"',
  ],
])('says that %s, and what to do', async (_, files, code, severity, remedy) => {
  const folder = await makeProject(files)

  const found = await findings(folder)

  expect(found).toEqual([
    expect.objectContaining({ code, severity, remedy: expect.stringContaining(remedy), isFixable: false }),
  ])
  const { exitCode, out } = await doctor(folder, 'doctor')
  expect(exitCode).toBe(severity === 'error' ? 1 : 0)
  expect(out).toContain(remedy)
})

test('accepts Vite 7 that is told to leave the engine alone, and an esbuild script that copies the worker', async () => {
  const vite = await makeProject({
    'package.json': { devDependencies: { vite: '^7' } },
    'vite.config.ts': "export default { optimizeDeps: { exclude: ['other', '@datasync/engine'] } }",
    ...ENGINE,
    ...installed('vite', '7.3.8'),
  })
  const esbuild = await makeProject({
    'package.json': {
      devDependencies: { esbuild: '*' },
      scripts: {
        build: 'esbuild app.ts && cp node_modules/@datasync/engine/dist/{worker.js,sqlite3.wasm} dist',
      },
    },
    ...ENGINE,
  })

  expect([await findings(vite), await findings(esbuild)]).toEqual([[], []])
})

const ANGULAR = `{
  // The workspace of a shop.
  "projects": {
    "shop": {
      "projectType": "application",
      "architect": {
        "build": {
          "options": {
            "assets": ["public"] // What is served as it is.
          },
          "configurations": { "production": { "assets": [] }, "development": {} }
        }
      }
    },
    "parts": { "projectType": "library", "architect": { "build": { "options": {} } } }
  }
}
`

test('writes the line that Angular needs, once, and leaves the rest as it is, comments too', async () => {
  const folder = await makeProject({ 'package.json': {}, 'angular.json': ANGULAR, ...ENGINE })
  expect(await findings(folder)).toEqual([
    expect.objectContaining({ code: 'angular-assets', isFixable: true }),
  ])

  const fixing = await doctor(folder, 'doctor', '--fix')

  expect(fixing).toMatchObject({ exitCode: 0, out: expect.stringContaining('fixed    angular-assets') })
  const written = await readFile(join(folder, 'angular.json'), 'utf8')
  expect(written).toContain('// The workspace of a shop.')
  expect(written).toContain('// What is served as it is.')
  expect(written.match(/node_modules\/@datasync\/engine\/dist/g)).toHaveLength(2)
  expect(await findings(folder)).toEqual([])
  await doctor(folder, 'doctor', '--fix')
  expect(await readFile(join(folder, 'angular.json'), 'utf8')).toBe(written)
})

test('ends with 2 where there is no project, or what is asked for is not known', async () => {
  const folder = await makeProject({})

  expect(await doctor(folder, 'doctor')).toMatchObject({
    exitCode: 2,
    error: expect.stringContaining('There is no package.json'),
  })
  expect(await doctor(folder, 'surgeon')).toMatchObject({
    exitCode: 2,
    error: expect.stringContaining('doctor'),
  })
  expect(await doctor(folder, 'doctor', '--all')).toMatchObject({ exitCode: 2 })
  expect(await doctor(folder, '--help')).toMatchObject({ exitCode: 0, out: expect.stringContaining('--fix') })
})
