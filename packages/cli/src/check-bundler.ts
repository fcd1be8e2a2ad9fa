import { lt } from 'semver'
import { configNames } from './config-names.ts'
import type { Finding } from './finding.ts'
import type { Project } from './project.ts'

const ENGINE = '@datasync/engine'

/** The oldest versions that bring a worker of a package along, each by itself. */
const OLDEST = {
  vite: '7.0.0',
  webpack: '5.0.0',
  '@rspack/core': '2.0.0',
  parcel: '2.16.0',
  next: '16.0.0',
  nuxt: '4.0.0',
  '@sveltejs/kit': '2.0.0',
  '@angular/build': '22.0.0',
} as const

/** Frameworks that bundle by something of their own, whatever else is installed. */
const OWN_BUNDLERS = [
  'vite',
  'webpack',
  '@rspack/core',
  'parcel',
  'next',
  'nuxt',
  '@sveltejs/kit',
  '@angular/build',
]

/** Whether the bundler of a project is one that finds the worker, and is told what it has to be told. */
export async function checkBundler(project: Project): Promise<readonly Finding[]> {
  const old = await Promise.all(
    Object.entries(OLDEST).map(([name, oldest]) => checkAge(project, name, oldest)),
  )
  return [...old.flat(), ...(await checkVite(project)), ...(await checkEsbuild(project))]
}

async function checkAge(project: Project, name: string, oldest: string): Promise<readonly Finding[]> {
  const version = project.uses(name) ? (await project.installed(name))?.version : undefined
  if (version === undefined || !lt(version, oldest)) return []
  return [
    {
      code: 'bundler-too-old',
      severity: 'warning',
      sentence: `${name} has version ${version}. DataSync is tested with ${oldest} and later.`,
      remedy: `Run \`npm install --save-dev ${name}@latest\`.`,
    },
  ]
}

/** Before version 8, the dev server looks for the worker beside what it has bundled beforehand, where it is not. */
async function checkVite(project: Project): Promise<readonly Finding[]> {
  const version = project.uses('vite') ? (await project.installed('vite'))?.version : undefined
  if (version === undefined || !lt(version, '8.0.0')) return []
  const config = await project.read(...configNames('vite.config'))
  if (config !== undefined && /exclude:\s*\[[^\]]*@datasync\/engine/.test(config.text)) return []
  return [
    {
      code: 'vite-optimizer',
      severity: 'error',
      sentence: `The dev server of Vite ${version} does not find the worker of a package that it bundles beforehand.`,
      remedy: `Add \`optimizeDeps: { exclude: ['${ENGINE}'] }\` to vite.config, or use Vite 8.`,
    },
  ]
}

/** By itself, esbuild copies no worker. What a script does about it cannot be seen, but for the name of the file. */
async function checkEsbuild(project: Project): Promise<readonly Finding[]> {
  if (!project.uses('esbuild') || OWN_BUNDLERS.some((name) => project.uses(name))) return []
  const script = await project.read(...configNames('build'), ...configNames('esbuild.config'))
  const text = `${script?.text ?? ''}\n${Object.values(project.manifest.scripts ?? {}).join('\n')}`
  if (text.includes('worker.js') && text.includes('sqlite3.wasm')) return []
  return [
    {
      code: 'esbuild-copy',
      severity: 'warning',
      sentence: 'esbuild does not copy workers, and no script here names worker.js and sqlite3.wasm.',
      remedy: `After the build, run \`cp node_modules/${ENGINE}/dist/{worker.js,sqlite3.wasm} dist/\`, with the folder of your bundle.`,
    },
  ]
}
