import { posix } from 'node:path'
import { noop, type Rule, type Tree } from '@angular-devkit/schematics'
import { addRootProvider, type ProjectDefinition } from '@schematics/angular/utility'

/** Provides a new database where an app has its providers, unless it provides one somewhere. */
export function addDatabaseProvider(
  project: string,
  { root, sourceRoot = posix.join(root, 'src') }: ProjectDefinition,
  database: string,
): Rule {
  return (tree) => {
    if (isProvided(tree, sourceRoot)) return noop()
    const name = `'${database.replaceAll(/[\\']/g, String.raw`\$&`)}'`
    return addRootProvider(project, ({ code, external }) => {
      const provide = external('provideDatabase', '@datasync/angular')
      return code`${provide}(() => ${external('createDatabase', '@datasync/engine')}(${name}))`
    })
  }
}

function isProvided(tree: Tree, sourceRoot: string): boolean {
  let isFound = false
  tree.getDir(sourceRoot).visit((path) => {
    if (isFound || !path.endsWith('.ts') || path.endsWith('.spec.ts')) return
    const text = tree.readText(path)
    // Packages for other databases have a function of that name too.
    isFound = text.includes('@datasync/angular') && text.includes('provideDatabase(')
  })
  return isFound
}
