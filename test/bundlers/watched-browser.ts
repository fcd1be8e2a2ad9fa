import { chromium, type BrowserContext } from 'playwright'
import { BROWSER_ARGUMENTS, findBrowser } from '../../scripts/find-browser.ts'
import { temporaryFolder } from '../../scripts/temporary-folder.ts'

export interface WatchedBrowser extends AsyncDisposable {
  readonly context: BrowserContext
  /** Errors and warnings in the console, uncaught ones, and what could not be loaded. */
  readonly complaints: readonly string[]
  /** What pages and workers asked for, other than beforehand. */
  readonly requested: readonly string[]
}

/** A Chromium with a profile of its own on disk, as visitors have. */
export async function watchedBrowser(): Promise<WatchedBrowser> {
  const context = await chromium.launchPersistentContext(temporaryFolder('profile'), {
    executablePath: findBrowser(),
    args: [...BROWSER_ARGUMENTS],
  })
  // The test runner would wait for ever.
  context.setDefaultTimeout(30_000)
  const complaints: string[] = []
  const requested: string[] = []
  context.on('console', (message) => {
    const isComplaint = message.type() === 'error' || message.type() === 'warning'
    const { url } = message.location()
    if (isComplaint && !isIcon(url)) complaints.push(`${message.type()}: ${message.text()} (${url})`)
  })
  context.on('weberror', (error) => complaints.push(`uncaught: ${String(error.error())}`))
  context.on('request', (request) => {
    if (request.headers()['sec-purpose'] !== 'prefetch') requested.push(request.url())
  })
  context.on('response', (response) => {
    if (response.status() >= 400 && !isIcon(response.url()))
      complaints.push(`${response.status()}: ${response.url()}`)
  })
  return { context, complaints, requested, [Symbol.asyncDispose]: () => context.close() }
}

/** Browsers ask for it by themselves, and the examples have none. */
function isIcon(url: string): boolean {
  return url.endsWith('/favicon.ico')
}
