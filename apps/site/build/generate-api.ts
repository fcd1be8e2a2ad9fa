import { join } from 'node:path'
import { Application, type ProjectReflection } from 'typedoc'
import type { PluginOptions } from 'typedoc-plugin-markdown'

// Writes the pages of the API reference from the TSDoc in the sources of the packages, into `docs/api`.
const ROOT = join(import.meta.dirname, '../../..')

/** What each entry is called in an import, by its source. */
const ENTRIES = {
  'packages/engine/src/index.ts': '@datasync/engine',
  'packages/engine/src/testing.ts': '@datasync/engine/testing',
  'packages/react/src/index.ts': '@datasync/react',
  'packages/vue/src/index.ts': '@datasync/vue',
  'packages/svelte/src/index.ts': '@datasync/svelte',
  'packages/angular/src/index.ts': '@datasync/angular',
} as const

const MARKDOWN: Partial<PluginOptions> = {
  entryFileName: 'index',
  hideBreadcrumbs: true,
  hidePageHeader: true,
  useCodeBlocks: true,
  expandParameters: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  propertyMembersFormat: 'table',
  typeDeclarationFormat: 'table',
  typeDeclarationVisibility: 'compact',
  enumMembersFormat: 'table',
  tableColumnSettings: { hideSources: true },
}

const application = await Application.bootstrapWithPlugins({
  name: 'API reference',
  plugin: ['typedoc-plugin-markdown'],
  entryPoints: Object.keys(ENTRIES).map((source) => join(ROOT, source)),
  tsconfig: join(import.meta.dirname, 'tsconfig.api.json'),
  basePath: ROOT,
  outputs: [{ name: 'markdown', path: join(ROOT, 'docs/api') }],
  cleanOutputDir: true,
  readme: 'none',
  disableSources: true,
  disableGit: true,
  excludeInternal: true,
  excludePrivate: true,
  excludeExternals: true,
  sort: ['kind', 'alphabetical'],
  // The packages are checked by their own `types`, each against the globals that it has.
  skipErrorChecking: true,
  // Types of the platform and of frameworks have no page here.
  validation: { notExported: false, invalidLink: true, notDocumented: false },
  treatWarningsAsErrors: true,
  ...MARKDOWN,
})
const project = await application.convert()
if (project === undefined) throw new Error('The sources cannot be read: see above.')
nameModules(project)
application.validate(project)
await application.generateOutputs(project)
if (application.logger.hasErrors() || application.logger.hasWarnings()) process.exitCode = 1

/** By what users import, not by the folder of the source. */
function nameModules({ children = [] }: ProjectReflection): void {
  for (const module of children) {
    const source = join(ROOT, module.name)
    const name = Object.entries(ENTRIES).find(
      ([path]) => join(ROOT, path) === `${source}.ts` || join(ROOT, path) === join(source, 'index.ts'),
    )
    if (name === undefined) throw new Error(`No entry is called ${module.name}.`)
    module.name = name[1]
  }
}
