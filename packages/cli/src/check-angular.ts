import { writeFile } from 'node:fs/promises'
import { applyEdits, modify, parse } from 'jsonc-parser'
import type { Finding } from './finding.ts'
import type { Project, ProjectFile } from './project.ts'

/** What `ng add @datasync/angular` writes: a production build leaves out workers of packages. */
const WORKER_ASSETS = {
  glob: '{worker.js,sqlite3.wasm}',
  input: 'node_modules/@datasync/engine/dist',
  output: '/',
}

interface BuildOptions {
  readonly assets?: readonly unknown[]
}

interface Workspace {
  readonly projects?: Readonly<Record<string, WorkspaceProject>>
}

interface WorkspaceProject {
  readonly projectType?: string
  readonly architect?: Readonly<Record<string, WorkspaceTarget>>
}

interface WorkspaceTarget {
  readonly options?: BuildOptions
  readonly configurations?: Readonly<Record<string, BuildOptions>>
}

type Path = readonly string[]

/** Whether the builds of all apps of a workspace serve the worker. */
export async function checkAngular(project: Project): Promise<readonly Finding[]> {
  const file = await project.read('angular.json')
  if (file === undefined) return []
  const workspace = parse(file.text) as Workspace | undefined
  const lacking = Object.entries(workspace?.projects ?? {}).flatMap(([name, app]) => findLacking(name, app))
  if (lacking.length === 0) return []
  return [
    {
      code: 'angular-assets',
      severity: 'error',
      sentence:
        'A production build of Angular leaves out the worker, for which angular.json has no line in `assets`.',
      remedy: `Run \`ng add @datasync/angular\`, or add to \`assets\` of the target build: ${JSON.stringify(WORKER_ASSETS)}`,
      fix: () => writeAssets(file, lacking),
    },
  ]
}

/** Where a line has to be added. What a configuration says of assets stands in for what the target says of them. */
function findLacking(name: string, { projectType, architect }: WorkspaceProject): readonly Path[] {
  const build = architect?.['build']
  if (projectType !== 'application' || build === undefined) return []
  const base = ['projects', name, 'architect', 'build']
  const own: readonly Path[] = hasWorker(build.options) ? [] : [[...base, 'options', 'assets']]
  const configured = Object.entries(build.configurations ?? {})
    .filter(([, options]) => options.assets !== undefined && !hasWorker(options))
    .map(([configuration]) => [...base, 'configurations', configuration, 'assets'])
  return [...own, ...configured]
}

function hasWorker(options: BuildOptions | undefined): boolean {
  return (options?.assets ?? []).some((asset) => JSON.stringify(asset).includes(WORKER_ASSETS.input))
}

/** Keeps comments, and the order and the indentation of what is there. */
async function writeAssets({ path, text }: ProjectFile, places: readonly Path[]): Promise<void> {
  const formattingOptions = { insertSpaces: true, tabSize: 2 }
  let result = text
  for (const place of places) {
    const there = place.reduce<unknown>(
      (node, key) => (node as Readonly<Record<string, unknown>> | undefined)?.[key],
      parse(result),
    )
    const edits = Array.isArray(there)
      ? modify(result, [...place, there.length], WORKER_ASSETS, { formattingOptions, isArrayInsertion: true })
      : modify(result, [...place], [WORKER_ASSETS], { formattingOptions })
    result = applyEdits(result, edits)
  }
  await writeFile(path, result)
}
