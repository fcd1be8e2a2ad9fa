import { spawnSync } from 'node:child_process'
import { runAloud } from './run-aloud.ts'

export function hasApt(): boolean {
  return spawnSync('apt-get', ['--version']).status === 0
}

/** Installs packages of Debian, as root or by asking for the right to. */
export function installPackages(names: readonly string[]): boolean {
  const install = ['install', '-y', ...names]
  if (apt(install)) return true
  // The lists of packages are missing or too old, as in a fresh container.
  apt(['update'])
  return apt(install)
}

function apt(parameters: readonly string[]): boolean {
  const environment = { DEBIAN_FRONTEND: 'noninteractive' }
  if (process.getuid?.() === 0) return runAloud('apt-get', parameters, environment)
  const ask = process.stdin.isTTY ? [] : ['--non-interactive']
  return runAloud('sudo', [...ask, 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...parameters])
}
