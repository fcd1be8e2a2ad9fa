import { satisfies } from 'semver'
import type { Finding } from './finding.ts'
import { findCopies, type Project } from './project.ts'

const ENGINE = '@datasync/engine'
const ADAPTERS = ['react', 'vue', 'svelte', 'angular'] as const

/** Whether the packages of DataSync are there, once, of one version, and beside a framework that they know. */
export async function checkPackages(project: Project): Promise<readonly Finding[]> {
  const engine = await project.installed(ENGINE)
  if (engine === undefined) {
    return [
      {
        code: 'engine-missing',
        severity: 'error',
        sentence: `${ENGINE} is not installed.`,
        remedy: `Run \`npm install ${ENGINE}\`, with the adapter of your framework.`,
      },
    ]
  }
  const findings = await Promise.all(ADAPTERS.map((name) => checkAdapter(project, name, engine.version)))
  return [...checkCopies(project), ...findings.flat()]
}

function checkCopies(project: Project): readonly Finding[] {
  const copies = findCopies(project, ENGINE)
  if (copies.length <= 1) return []
  return [
    {
      code: 'two-engines',
      severity: 'error',
      sentence: `${ENGINE} is installed ${copies.length} times: ${copies.join(', ')}.`,
      remedy: `\`npm ls ${ENGINE}\` shows who brings which. Ask for one version of it everywhere, then run \`npm dedupe\`.`,
    },
  ]
}

async function checkAdapter(
  project: Project,
  framework: (typeof ADAPTERS)[number],
  engineVersion: string | undefined,
): Promise<readonly Finding[]> {
  const name = `@datasync/${framework}`
  const adapter = await project.installed(name)
  if (adapter === undefined) return []
  const findings: Finding[] = []
  if (adapter.version !== engineVersion) {
    findings.push({
      code: 'versions-differ',
      severity: 'error',
      sentence: `${name} has version ${String(adapter.version)}, and ${ENGINE} ${String(engineVersion)}.`,
      remedy: `All packages of DataSync have one version: run \`npm install ${ENGINE}@${String(adapter.version)} ${name}@${String(adapter.version)}\`.`,
    })
  }
  for (const [peer, range] of Object.entries(adapter.peerDependencies ?? {})) {
    if (peer.startsWith('@datasync/')) continue
    const { version } = (await project.installed(peer)) ?? {}
    if (version === undefined || satisfies(version, range, { includePrerelease: true })) continue
    findings.push({
      code: 'framework-version',
      severity: 'error',
      sentence: `${peer} has version ${version}, and ${name} needs ${range}.`,
      remedy: `Run \`npm install ${peer}@'${range}'\`.`,
    })
  }
  return findings
}
