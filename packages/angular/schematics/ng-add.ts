import { chain, type Rule } from '@angular-devkit/schematics'
import { addDependency, ExistingBehavior, readWorkspace } from '@schematics/angular/utility'
import manifest from '../package.json' with { type: 'json' }
import { addDatabaseProvider } from './add-database-provider.ts'
import { addWorkerAssets } from './add-worker-assets.ts'
import { requireApplication } from './require-application.ts'

export interface NgAddOptions {
  readonly project?: string | undefined
  readonly name?: string | undefined
}

/** What `ng add @datasync/angular` does. Done twice, it changes nothing more. */
export function ngAdd(options: NgAddOptions): Rule {
  return async (tree) => {
    const [project, application] = requireApplication(await readWorkspace(tree), options.project)
    return chain([
      // All packages of DataSync have one version.
      addDependency('@datasync/engine', `^${manifest.version}`, { existing: ExistingBehavior.Skip }),
      addWorkerAssets(project),
      addDatabaseProvider(project, application, options.name ?? project),
    ])
  }
}
