import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { SchematicTestRunner, type UnitTestTree } from '@angular-devkit/schematics/testing/index.js'
import { expect, test } from 'vitest'

// As it is published: built, and found by what package.json says.
const PACKAGE = join(import.meta.dirname, '..')
const ANGULAR = dirname(createRequire(import.meta.url).resolve('@schematics/angular/package.json'))
const WORKER_ASSETS = {
  glob: '{worker.js,sqlite3.wasm}',
  input: 'node_modules/@datasync/engine/dist',
  output: '/',
}

interface BuildOptions {
  assets?: unknown
}

interface Workspace {
  readonly projects: Readonly<
    Record<
      string,
      {
        readonly architect: {
          readonly build: {
            readonly options: BuildOptions
            readonly configurations: Readonly<Record<string, BuildOptions>>
          }
        }
      }
    >
  >
}

test('provides a database where a new app has its providers', async () => {
  const tree = await add(await createApp())

  const config = tree.readText('/projects/shop/src/app/app.config.ts')
  expect(config).toContain("import { provideDatabase } from '@datasync/angular';")
  expect(config).toContain("import { createDatabase } from '@datasync/engine';")
  expect(config).toContain("provideDatabase(() => createDatabase('shop'))")
})

test('gives the database the name that it is told', async () => {
  const tree = await add(await createApp(), { name: "it's\\mine" })

  expect(tree.readText('/projects/shop/src/app/app.config.ts')).toContain(
    String.raw`createDatabase('it\'s\\mine')`,
  )
})

test('adds the worker to the assets of the build, and keeps those that are there', async () => {
  const before = await createApp()
  const kept = assetsOf(before)
  expect(kept).toHaveLength(1)

  const tree = await add(before)

  expect(assetsOf(tree)).toEqual([...kept, WORKER_ASSETS])
})

test('adds the worker where assets are paths, where there are none, and where a configuration has its own', async () => {
  const before = await createApp()
  change(before, (build) => {
    build.options.assets = ['favicon.ico', 'assets']
    build.configurations['production'] = { assets: ['assets'] }
  })
  const tree = await add(before)
  expect(assetsOf(tree)).toEqual(['favicon.ico', 'assets', WORKER_ASSETS])
  expect(buildOf(tree).configurations['production']?.assets).toEqual(['assets', WORKER_ASSETS])
  expect(buildOf(tree).configurations['development']).not.toHaveProperty('assets')

  const bare = await createApp()
  change(bare, (build) => delete build.options.assets)
  expect(assetsOf(await add(bare))).toEqual([WORKER_ASSETS])
})

test('adds the engine to the dependencies, unless it is there', async () => {
  const tree = await add(await createApp())
  expect(tree.readJson('/package.json')).toMatchObject({
    dependencies: { '@datasync/engine': expect.stringMatching(/^\^\d+\.\d+\.\d+/) },
  })

  const other = await createApp()
  const manifest = other.readJson('/package.json') as { dependencies: Record<string, string> }
  manifest.dependencies['@datasync/engine'] = 'file:engine.tgz'
  other.overwrite('/package.json', JSON.stringify(manifest))
  expect((await add(other)).readJson('/package.json')).toMatchObject({
    dependencies: { '@datasync/engine': 'file:engine.tgz' },
  })
})

test('changes nothing when it is run again', async () => {
  const tree = await add(await createApp())
  const once = contentsOf(tree)

  expect(contentsOf(await add(tree))).toEqual(once)
})

test('provides it in the module of an app that has one', async () => {
  const tree = await add(await createApp({ standalone: false }))

  const module = tree.readText('/projects/shop/src/app/app-module.ts')
  expect(module).toMatch(/providers: \[[^\]]*provideDatabase\(\(\) => createDatabase\('shop'\)\)/)
  expect(module).toContain("import { provideDatabase } from '@datasync/angular';")
})

test('is not confused by a function of that name of another package', async () => {
  const before = await createApp()
  before.create(
    '/projects/shop/src/app/fire.ts',
    "import { provideDatabase } from '@angular/fire/database'; provideDatabase()",
  )

  const tree = await add(before)

  expect(tree.readText('/projects/shop/src/app/app.config.ts')).toContain('provideDatabase(() =>')
})

test('takes what a test provides for no database of the app', async () => {
  const before = await createApp()
  before.create(
    '/projects/shop/src/app/todos.spec.ts',
    "import { provideDatabase } from '@datasync/angular'; provideDatabase(() => createTestDatabase())",
  )

  const tree = await add(before)

  expect(tree.readText('/projects/shop/src/app/app.config.ts')).toContain('provideDatabase(() =>')
})

test('says which apps there are, if the project is none', async () => {
  const tree = await createApp()
  await angular().runSchematic('library', { name: 'widgets' }, tree)

  await expect(add(tree, { project: 'warehouse' })).rejects.toThrow(
    'There is no project "warehouse" in this workspace. Its apps: shop.',
  )
  await expect(add(tree, { project: 'widgets' })).rejects.toThrow(
    'The project "widgets" is no application that can be built',
  )
})

test('takes the only app there is, and asks which if there are several', async () => {
  const tree = await createApp()
  const added = await add(tree, { project: undefined })
  expect(assetsOf(added)).toContainEqual(WORKER_ASSETS)

  const two = await angular().runSchematic('application', { name: 'office' }, await createApp())
  await expect(add(two, { project: undefined })).rejects.toThrow(
    'Name the app that gets the database by --project. There are: shop, office.',
  )
})

function angular(): SchematicTestRunner {
  return new SchematicTestRunner('@schematics/angular', join(ANGULAR, 'collection.json'))
}

/** A workspace as `ng new` makes it, with the app `shop`. */
async function createApp(options: { readonly standalone?: boolean } = {}): Promise<UnitTestTree> {
  const runner = angular()
  const workspace = await runner.runSchematic('workspace', {
    name: 'workspace',
    version: '22.2.7',
    newProjectRoot: 'projects',
  })
  return runner.runSchematic('application', { name: 'shop', ...options }, workspace)
}

async function add(
  tree: UnitTestTree,
  options: { readonly project?: string | undefined; readonly name?: string } = { project: 'shop' },
): Promise<UnitTestTree> {
  const { schematics } = createRequire(import.meta.url)('../package.json') as { schematics: string }
  const runner = new SchematicTestRunner('@datasync/angular', join(PACKAGE, schematics))
  return runner.runSchematic('ng-add', options, tree)
}

function buildOf(tree: UnitTestTree): Workspace['projects'][string]['architect']['build'] {
  const build = (tree.readJson('/angular.json') as unknown as Workspace).projects['shop']?.architect.build
  if (build === undefined) throw new Error('The app has no build.')
  return build
}

function assetsOf(tree: UnitTestTree): readonly unknown[] {
  return buildOf(tree).options.assets as readonly unknown[]
}

function change(
  tree: UnitTestTree,
  edit: (build: { options: BuildOptions; configurations: Record<string, BuildOptions> }) => unknown,
): void {
  const workspace = tree.readJson('/angular.json') as unknown as Workspace
  const build = workspace.projects['shop']?.architect.build
  if (build !== undefined) edit(build)
  tree.overwrite('/angular.json', JSON.stringify(workspace))
}

function contentsOf(tree: UnitTestTree): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(tree.files.map((path) => [path, tree.read(path)?.toString('base64')]))
}
