import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { chromium } from 'playwright'

/**
 * How every test and benchmark starts the browser: without a display and a sandbox (there is none in
 * a container), and without traffic of its own.
 */
export const BROWSER_ARGUMENTS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * The path of a Chromium that starts: one that is on this machine, or else one that is installed now,
 * by Playwright's download or as Debian's package. Synchronous, so that any configuration file can
 * call it.
 *
 * @throws Error that says what was tried, if there is no browser in the end.
 */
export function findBrowser(): string {
  const chosen = process.env['CHROMIUM_PATH']
  if (chosen) {
    if (starts(chosen)) return chosen
    throw new Error(`CHROMIUM_PATH names ${chosen}, which is not a browser that starts on this machine.`)
  }
  const path = installedBrowser() ?? browserFromPlaywright() ?? browserFromApt()
  if (path !== undefined) return path
  throw new Error(
    'No Chromium was found on this machine, and neither `playwright install chromium` nor `apt-get install chromium` brought one. ' +
      'Install Chrome, Chromium or Edge, or set CHROMIUM_PATH to the program.',
  )
}

function installedBrowser(): string | undefined {
  return candidates().find(starts)
}

function candidates(): string[] {
  if (process.platform === 'darwin') {
    return [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      chromium.executablePath(),
    ]
  }
  if (process.platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) => process.env[name] ?? '')
    const programs = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe']
    return [
      ...programs.flatMap((program) => roots.map((root) => join(root, program))),
      chromium.executablePath(),
    ]
  }
  // Not `chromium-browser`: on Ubuntu that is a snap, which cannot see a profile in the temporary folder.
  const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'microsoft-edge-stable']
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    '/usr/bin',
    '/usr/local/bin',
    '/opt/google/chrome',
  ]
  return [...names.flatMap((name) => folders.map((folder) => join(folder, name))), chromium.executablePath()]
}

/** Whether the program is there and has all the libraries that it needs. */
function starts(path: string): boolean {
  if (!existsSync(path)) return false
  // On Windows, asking for the version would open a window.
  return process.platform === 'win32' || spawnSync(path, ['--version'], { timeout: 30_000 }).status === 0
}

function browserFromPlaywright(): string | undefined {
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright/package.json')), 'cli.js')
  run(process.execPath, [cli, 'install', 'chromium'])
  const path = chromium.executablePath()
  if (starts(path)) return path
  say(
    existsSync(path)
      ? `${path} does not start here; libraries are missing.`
      : 'The download did not succeed.',
  )
  return undefined
}

function browserFromApt(): string | undefined {
  if (spawnSync('apt-get', ['--version']).status !== 0) return undefined
  if (!apt(['install', '-y', 'chromium'])) {
    // The lists of packages are missing or too old, as in a fresh container.
    apt(['update'])
    apt(['install', '-y', 'chromium'])
  }
  return installedBrowser()
}

function apt(parameters: readonly string[]): boolean {
  const environment = { DEBIAN_FRONTEND: 'noninteractive' }
  if (process.getuid?.() === 0) return run('apt-get', parameters, environment)
  const ask = process.stdin.isTTY ? [] : ['--non-interactive']
  return run('sudo', [...ask, 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...parameters])
}

function run(program: string, parameters: readonly string[], environment: NodeJS.ProcessEnv = {}): boolean {
  say(`${program} ${parameters.join(' ')}`)
  // Standard output belongs to the path alone, for scripts that capture it.
  const { status } = spawnSync(program, parameters, {
    stdio: ['inherit', process.stderr, process.stderr],
    timeout: 10 * 60_000,
    env: { ...process.env, ...environment },
  })
  return status === 0
}

function say(text: string): void {
  process.stderr.write(`find-browser: ${text}\n`)
}

if (import.meta.main) process.stdout.write(`${findBrowser()}\n`)
