import { readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright'

export type BrowserName = 'chromium' | 'firefox' | 'webkit'

/** A browser that tests run in, and where it can come from. */
export interface KnownBrowser {
  readonly label: string
  /** The environment variable that names the program to use. */
  readonly variable: string
  /** Debian's packages that bring it, with what it needs to run without a display. */
  readonly packages: readonly string[]
  readonly remedy: string
  /** Where its program can be on this machine, the best place first. */
  readonly candidates: () => readonly string[]
}

export const KNOWN_BROWSERS: Readonly<Record<BrowserName, KnownBrowser>> = {
  chromium: {
    label: 'Chromium',
    variable: 'CHROMIUM_PATH',
    packages: ['chromium'],
    remedy: 'Install Chrome, Chromium or Edge',
    candidates: () => [...chromiumCandidates(), chromium.executablePath()],
  },
  firefox: {
    label: 'Firefox',
    variable: 'FIREFOX_PATH',
    packages: ['firefox-esr'],
    remedy: 'Install Firefox, but not as a snap',
    candidates: firefoxCandidates,
  },
  webkit: {
    label: 'MiniBrowser of WebKitGTK',
    variable: 'WEBKIT_PATH',
    // The driver is not used itself. It is the one package of a stable name that brings MiniBrowser.
    packages: ['webkit2gtk-driver', 'xvfb'],
    remedy: 'Install WebKitGTK with its MiniBrowser, and Xvfb',
    candidates: webkitCandidates,
  },
}

function chromiumCandidates(): readonly string[] {
  if (process.platform === 'darwin') {
    return [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ]
  }
  if (process.platform === 'win32') {
    return inProgramFolders(['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'])
  }
  // Not `chromium-browser`: on Ubuntu that is a snap, which cannot see a profile in the temporary folder.
  const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'microsoft-edge-stable']
  return inPath(names, ['/opt/google/chrome'])
}

function firefoxCandidates(): readonly string[] {
  if (process.platform === 'darwin') return ['/Applications/Firefox.app/Contents/MacOS/firefox']
  if (process.platform === 'win32') return inProgramFolders(['Mozilla Firefox/firefox.exe'])
  return inPath(['firefox-esr', 'firefox']).filter((path) => !startsSnap(path))
}

function webkitCandidates(): readonly string[] {
  if (process.platform !== 'linux') return []
  const folders = [`/usr/lib/${debianArchitecture()}`, '/usr/lib64', '/usr/libexec', '/usr/lib']
  const versions = ['webkitgtk-6.0', 'webkit2gtk-4.1', 'webkit2gtk-4.0']
  return folders.flatMap((folder) => versions.map((version) => join(folder, version, 'MiniBrowser')))
}

function debianArchitecture(): string {
  return process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu'
}

function inPath(names: readonly string[], others: readonly string[] = []): readonly string[] {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', ...others]
  return names.flatMap((name) => folders.map((folder) => join(folder, name)))
}

function inProgramFolders(programs: readonly string[]): readonly string[] {
  const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) => process.env[name] ?? '')
  return programs.flatMap((program) => roots.map((root) => join(root, program)))
}

/** Ubuntu's `firefox` is a script for a snap, which cannot see a profile in the temporary folder either. */
function startsSnap(path: string): boolean {
  try {
    const start = readFileSync(path).subarray(0, 4096).toString('latin1')
    return path.startsWith('/snap/') || (start.startsWith('#!') && start.includes('/snap/'))
  } catch {
    return false
  }
}
