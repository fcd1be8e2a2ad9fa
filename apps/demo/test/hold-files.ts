import type { Page, Route } from 'playwright/test'

const FILE = '**/places/places-*.json'

/** The files of places, of which some wait to be served. Each has 4,000 places. */
export interface HeldFiles {
  /** How often the file was asked for that ends with this place. */
  readonly requestsFor: (end: number) => number
  /** Serves the first so many, and keeps the others. */
  readonly holdAfter: (count: number) => Promise<void>
  readonly release: () => Promise<void>
}

/** Lets some files pass, and keeps the others until told, so that an import can be met half-way. */
export async function holdFiles(page: Page, count: number): Promise<HeldFiles> {
  const requests: string[] = []
  let held: Route[] = []
  let allowed = count
  const serve = async (route: Route): Promise<void> => {
    if (fileEnd(route.request().url()) <= allowed * 4000) await route.continue()
    else held.push(route)
  }
  const serveHeld = async (): Promise<void> => {
    const waiting = held
    held = []
    // Those of a cancelled import or of a page that is gone can no longer be answered.
    await Promise.allSettled(waiting.map(serve))
  }
  await page.context().route(FILE, async (route) => {
    requests.push(route.request().url())
    await serve(route)
  })
  return {
    requestsFor: (end: number): number => requests.filter((url) => fileEnd(url) === end).length,
    holdAfter: async (more: number): Promise<void> => {
      allowed = more
      await serveHeld()
    },
    release: async (): Promise<void> => {
      allowed = Infinity
      await serveHeld()
    },
  }
}

/** The number of places after this file. */
function fileEnd(url: string): number {
  return Number(/places-(\d+)-/.exec(url)?.[1])
}
