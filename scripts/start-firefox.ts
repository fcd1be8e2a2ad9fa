import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findBrowser } from './find-browser.ts'
import { startProgram, type StartedProgram } from './start-program.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** No pages and questions of its own, and no traffic but that of the tests. */
const PREFERENCES = {
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.aboutwelcome.enabled': false,
  'browser.newtabpage.enabled': false,
  'browser.safebrowsing.downloads.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.sessionstore.resume_from_crash': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'browser.startup.page': 0,
  'datareporting.healthreport.uploadEnabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  // Tests open further tabs, without a click.
  'dom.disable_open_during_load': false,
  // Nobody is there to answer whether storage may stay.
  'dom.storageManager.prompt.testing': true,
  'dom.storageManager.prompt.testing.allow': true,
  'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  // Who drives it does so by WebDriver BiDi alone.
  'remote.active-protocols': 1,
  'services.settings.server': 'data:,',
  'toolkit.telemetry.reportingpolicy.firstRun': false,
}

export interface StartedFirefox extends StartedProgram {
  readonly profile: string
}

/** Starts Firefox without a display, with a profile on disk: in a private window, there are no files of the origin. */
export function startFirefox(url: string, further: readonly string[] = []): Promise<StartedFirefox> {
  const profile = temporaryFolder('firefox')
  const lines = Object.entries(PREFERENCES).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  )
  writeFileSync(join(profile, 'user.js'), lines.join(''))
  const parameters = ['--headless', '--no-remote', ...further, '--profile', profile, url]
  return Promise.resolve({ ...startProgram({ path: findBrowser('firefox'), parameters }), profile })
}
