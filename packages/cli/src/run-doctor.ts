import { checkAngular } from './check-angular.ts'
import { checkBrowsers } from './check-browsers.ts'
import { checkBundler } from './check-bundler.ts'
import { checkPackages } from './check-packages.ts'
import { checkTypescript } from './check-typescript.ts'
import type { Finding } from './finding.ts'
import { openProject } from './project.ts'

export interface DoctorOptions {
  readonly folder: string
  /** Whether what can be corrected is. */
  readonly fixes: boolean
}

export interface DoctorResult {
  /** What is still to be done. */
  readonly findings: readonly Finding[]
  readonly fixed: readonly Finding[]
}

/** @throws Error where there is no project. */
export async function runDoctor({ folder, fixes }: DoctorOptions): Promise<DoctorResult> {
  const before = await examine(folder)
  if (!fixes) return { findings: before, fixed: [] }
  for (const { fix } of before) await fix?.()
  const after = await examine(folder)
  const left = new Set(after.map(({ code }) => code))
  return { findings: after, fixed: before.filter(({ code }) => !left.has(code)) }
}

async function examine(folder: string): Promise<readonly Finding[]> {
  const project = await openProject(folder)
  const checks = [checkPackages, checkBundler, checkAngular, checkTypescript, checkBrowsers]
  return (await Promise.all(checks.map((check) => check(project)))).flat()
}
