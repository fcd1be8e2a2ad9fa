import type { Rule } from '@angular-devkit/schematics'
import { updateWorkspace, type TargetDefinition } from '@schematics/angular/utility'

type BuildOptions = NonNullable<TargetDefinition['options']>

/** A production build leaves out workers of packages, and the page asks for this one beside its script. */
const WORKER_ASSETS = {
  glob: '{worker.js,sqlite3.wasm}',
  input: 'node_modules/@datasync/engine/dist',
  output: '/',
}

/** Lets the builds of an app serve the worker of the engine. */
export function addWorkerAssets(project: string): Rule {
  return updateWorkspace((workspace) => {
    const build = workspace.projects.get(project)?.targets.get('build')
    if (build === undefined) return
    build.options ??= {}
    addTo(build.options)
    // What a configuration says of assets stands in for what the target says of them.
    for (const configuration of Object.values(build.configurations ?? {})) {
      if (configuration?.['assets'] !== undefined) addTo(configuration)
    }
  })
}

function addTo(options: BuildOptions): void {
  const assets = Array.isArray(options['assets']) ? options['assets'] : []
  const isThere = assets.some(
    (asset) =>
      typeof asset === 'object' &&
      asset !== null &&
      'input' in asset &&
      asset['input'] === WORKER_ASSETS.input,
  )
  if (!isThere) options['assets'] = [...assets, WORKER_ASSETS]
}
