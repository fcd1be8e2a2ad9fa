import { parse } from 'jsonc-parser'
import { lt } from 'semver'
import type { Finding } from './finding.ts'
import type { Project } from './project.ts'

const OLDEST = '5.9.0'

interface Settings {
  readonly compilerOptions?: { readonly moduleResolution?: string; readonly target?: string }
}

/** Whether the compiler finds the types, and makes nothing for browsers that the engine does not run in. */
export async function checkTypescript(project: Project): Promise<readonly Finding[]> {
  const { version } = (await project.installed('typescript')) ?? {}
  const findings: Finding[] = []
  if (version !== undefined && lt(version, OLDEST)) {
    findings.push({
      code: 'typescript-too-old',
      severity: 'warning',
      sentence: `TypeScript has version ${version}. The types of DataSync are tested with ${OLDEST} and later.`,
      remedy: 'Run `npm install --save-dev typescript@latest`.',
    })
  }
  const file = await project.read('tsconfig.app.json', 'tsconfig.json')
  const { compilerOptions } = ((file && parse(file.text)) ?? {}) as Settings
  const resolution = compilerOptions?.moduleResolution?.toLowerCase()
  if (resolution === 'node' || resolution === 'node10' || resolution === 'classic') {
    findings.push({
      code: 'module-resolution',
      severity: 'error',
      sentence: `TypeScript resolves packages as "${resolution}", which ignores the \`exports\` that packages have.`,
      remedy: 'Set `"moduleResolution": "bundler"` in `compilerOptions` of tsconfig.json.',
    })
  }
  const target = compilerOptions?.target?.toLowerCase()
  if (target === 'es3' || target === 'es5') {
    findings.push({
      code: 'target-too-old',
      severity: 'warning',
      sentence: `TypeScript compiles for ${target}, and no browser that runs DataSync needs that.`,
      remedy: 'Set `"target": "es2022"` in `compilerOptions` of tsconfig.json.',
    })
  }
  return findings
}
