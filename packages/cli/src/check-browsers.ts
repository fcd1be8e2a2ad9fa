import { basename } from 'node:path'
import { FLOOR_IN_WORDS } from './browser-floor.ts'
import { configNames } from './config-names.ts'
import type { Finding } from './finding.ts'
import { oldQueries, readBrowserslistFile } from './old-queries.ts'
import { oldTargetsInConfig, oldTargetsInScript } from './old-targets.ts'
import type { Project } from './project.ts'

const QUERIES = ['chrome >= 114', 'edge >= 114', 'firefox >= 115', 'safari >= 17', 'ios_saf >= 17']
const TARGETS = ['chrome114', 'edge114', 'firefox115', 'safari17']

/** Whether the project is built for browsers in which the engine does not run. */
export async function checkBrowsers(project: Project): Promise<readonly Finding[]> {
  return [...(await checkBrowserslist(project)), ...(await checkTargets(project)), ...checkScripts(project)]
}

async function checkBrowserslist(project: Project): Promise<readonly Finding[]> {
  const file = await project.read('.browserslistrc', 'browserslist')
  const remedy = `Name there what DataSync runs in: ${JSON.stringify(QUERIES)}.`
  return [
    ...describe('`browserslist` in package.json', oldQueries(project.manifest.browserslist), remedy),
    ...(file === undefined
      ? []
      : describe(basename(file.path), oldQueries(readBrowserslistFile(file.text)), remedy)),
  ]
}

async function checkTargets(project: Project): Promise<readonly Finding[]> {
  const names = ['vite.config', 'nuxt.config', 'esbuild.config', 'build']
  const files = await Promise.all(names.map((name) => project.read(...configNames(name))))
  return files
    .filter((file) => file !== undefined)
    .flatMap(({ path, text }) =>
      describe(
        basename(path),
        oldTargetsInConfig(text),
        `Set the \`target\` there to ${JSON.stringify(TARGETS)}, or leave it out.`,
      ),
    )
}

function checkScripts({ manifest }: Project): readonly Finding[] {
  return Object.entries(manifest.scripts ?? {}).flatMap(([name, script]) =>
    describe(
      `The script \`${name}\` in package.json`,
      oldTargetsInScript(script),
      `Set \`--target=${TARGETS.join(',')}\` there.`,
    ),
  )
}

function describe(place: string, old: readonly string[], remedy: string): readonly Finding[] {
  if (old.length === 0) return []
  return [
    {
      code: 'browsers-too-old',
      severity: 'warning',
      sentence: `${place} names ${[...new Set(old)].join(', ')}. DataSync needs ${FLOOR_IN_WORDS}, or later.`,
      remedy,
    },
  ]
}
