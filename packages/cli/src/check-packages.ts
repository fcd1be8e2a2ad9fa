import { satisfies } from 'semver'
import { findCopies } from './find-copies.ts'
import type { Finding } from './finding.ts'
import type { Project } from './project.ts'

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
  return [...(await checkCopies(project)), ...findings.flat()]
}

/** Also where each package has its own below it, and where pnpm links them. */
async function checkCopies({ folder }: Project): Promise<readonly Finding[]> {
  const copies = await findCopies(folder, ENGINE)
  if (copies.length <= 1) return []
  const places = copies.map(({ path, version }) => `${path} (${String(version)})`).join(', ')
  const [list, dedupe] = copies.some(({ path }) => path.includes('.pnpm'))
    ? ['pnpm why', 'pnpm dedupe']
    : ['npm ls', 'npm dedupe']
  return [
    {
      code: 'two-engines',
      severity: 'error',
      sentence: `${ENGINE} is installed ${copies.length} times: ${places}.`,
      remedy: `\`${list} ${ENGINE}\` shows who brings which. Ask for one version of it everywhere, then run \`${dedupe}\`.`,
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
