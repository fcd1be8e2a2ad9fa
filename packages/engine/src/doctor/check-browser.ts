import { BROWSER_FEATURES } from './browser-features.ts'
import { type DoctorFinding, toFinding } from './finding.ts'

/** What the engine needs and this browser does not have. */
export function checkBrowser(): readonly DoctorFinding[] {
  return BROWSER_FEATURES.filter(
    ({ isSecure, isThere }) => !isThere() && (globalThis.isSecureContext || !isSecure),
  ).map(({ name, since }) =>
    toFinding('error', {
      code: 'old-browser',
      sentence: `This browser has no ${name}.`,
      remedy: `Update the browser: that is in Chrome and Edge since ${since.chrome}, in Firefox since ${since.firefox} and in Safari since ${since.safari}.`,
    }),
  )
}
