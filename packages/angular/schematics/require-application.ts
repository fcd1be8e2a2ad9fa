import { SchematicsException } from '@angular-devkit/schematics'
import type { ProjectDefinition, WorkspaceDefinition } from '@schematics/angular/utility'

/** The app of that name, or the only app there is. */
export function requireApplication(
  workspace: WorkspaceDefinition,
  name: string | undefined,
): readonly [name: string, application: ProjectDefinition] {
  const applications = [...workspace.projects].filter(([, project]) => isApplication(project))
  const names = applications.map(([application]) => application).join(', ') || 'none'
  if (name === undefined) {
    const [only, ...others] = applications
    if (only !== undefined && others.length === 0) return only
    throw new SchematicsException(`Name the app that gets the database by --project. There are: ${names}.`)
  }
  const project = workspace.projects.get(name)
  if (project === undefined) {
    throw new SchematicsException(`There is no project "${name}" in this workspace. Its apps: ${names}.`)
  }
  if (!isApplication(project)) {
    throw new SchematicsException(
      `The project "${name}" is no application that can be built, and a database is provided by one. The apps: ${names}.`,
    )
  }
  return [name, project]
}

function isApplication({ extensions, targets }: ProjectDefinition): boolean {
  return extensions['projectType'] === 'application' && targets.has('build')
}
