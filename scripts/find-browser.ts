import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { chromium } from 'playwright'
import { hasApt, installPackages } from './install-packages.ts'
import { KNOWN_BROWSERS, type BrowserName } from './known-browsers.ts'
import { runAloud, say } from './run-aloud.ts'

/**
 * How every test and benchmark starts Chromium: without a display and a sandbox (there is none in
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
 * The path of a browser that starts: one that is on this machine, or else one that is installed now,
 * by Playwright's download (Chromium alone, the others being patched there) or as Debian's package.
 * Synchronous, so that any configuration file can call it.
 *
 * @throws Error that says what was tried, if there is no browser in the end.
 */
export function findBrowser(name: BrowserName = 'chromium'): string {
  const { variable } = KNOWN_BROWSERS[name]
  const chosen = process.env[variable]
  if (chosen) {
    if (starts(name, chosen)) return chosen
    throw new Error(`${variable} names ${chosen}, which is not a browser that starts on this machine.`)
  }
  const path = installedBrowser(name) ?? browserFromPlaywright(name) ?? browserFromApt(name)
  if (path !== undefined) return path
  throw new Error(whatIsMissing(name))
}

/** Whether a browser is here, or could be installed: WebKitGTK is not to be had on every system. */
export function canFindBrowser(name: BrowserName): boolean {
  const { variable, candidates } = KNOWN_BROWSERS[name]
  return Boolean(process.env[variable]) || candidates().some((path) => existsSync(path)) || hasApt()
}

/** Tests run wherever they can, and those of one browser must not keep a Mac from running the others. */
function findAll(): void {
  process.stdout.write(`${findBrowser()}\n`)
  for (const name of ['firefox', 'webkit'] as const) {
    if (canFindBrowser(name)) say(`${KNOWN_BROWSERS[name].label} is ${findBrowser(name)}`)
    else say(`${whatIsMissing(name)} Until then, its tests are left out.`)
  }
}

function whatIsMissing(name: BrowserName): string {
  const { label, packages, remedy, variable } = KNOWN_BROWSERS[name]
  const download = name === 'chromium' ? 'neither `playwright install chromium` nor ' : 'not even '
  return (
    `No ${label} was found on this machine, and ${download}\`apt-get install ${packages.join(' ')}\` brought one. ` +
    `${remedy}, or set ${variable} to the program.`
  )
}

function installedBrowser(name: BrowserName): string | undefined {
  return KNOWN_BROWSERS[name].candidates().find((path) => starts(name, path))
}

/** Whether the program is there and has all the libraries that it needs. */
function starts(name: BrowserName, path: string): boolean {
  if (!existsSync(path)) return false
  // MiniBrowser needs a display to tell its version by, and its libraries are of its own package.
  if (name === 'webkit') return spawnSync('Xvfb', ['-help']).status !== null
  // On Windows, asking for the version would open a window.
  return process.platform === 'win32' || spawnSync(path, ['--version'], { timeout: 30_000 }).status === 0
}

function browserFromPlaywright(name: BrowserName): string | undefined {
  if (name !== 'chromium') return undefined
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright/package.json')), 'cli.js')
  runAloud(process.execPath, [cli, 'install', 'chromium'])
  const path = chromium.executablePath()
  if (starts(name, path)) return path
  say(
    existsSync(path)
      ? `${path} does not start here; libraries are missing.`
      : 'The download did not succeed.',
  )
  return undefined
}

function browserFromApt(name: BrowserName): string | undefined {
  if (!hasApt()) return undefined
  installPackages(KNOWN_BROWSERS[name].packages)
  return installedBrowser(name)
}

if (import.meta.main) findAll()
