import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, test as base } from 'playwright/test'
import type { BrowserContext, LaunchOptions, Page } from 'playwright/test'
import { expectImported } from './demo-page.ts'

interface DemoFixtures {
  /** A page in a profile of its own, in which the demo has never been. */
  readonly newVisitor: Page
  /** A page of the demo with all places, in the profile that all tests of a worker share. */
  readonly visitor: Page
}

interface WorkerFixtures {
  readonly sharedProfile: BrowserContext
}

/** Profiles are on disk, as those of users: in a private window nothing would be kept. */
export const test = base.extend<DemoFixtures, WorkerFixtures>({
  newVisitor: async ({ launchOptions, baseURL }, use) => {
    await withProfile(launchOptions, baseURL, async (context) => use(await context.newPage()))
  },
  sharedProfile: [
    async ({ launchOptions }, use, { project }) => {
      await withProfile(launchOptions, project.use.baseURL, use)
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  visitor: async ({ sharedProfile }, use) => {
    const page = await sharedProfile.newPage()
    await page.goto('/')
    await expectImported(page)
    await use(page)
    await page.close()
  },
})

async function withProfile(
  launchOptions: LaunchOptions,
  baseURL: string | undefined,
  use: (context: BrowserContext) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'datasync-demo-'))
  const context = await chromium.launchPersistentContext(folder, {
    ...launchOptions,
    ...(baseURL === undefined ? {} : { baseURL }),
    viewport: { width: 1440, height: 900 },
    acceptDownloads: true,
  })
  try {
    await use(context)
  } finally {
    await context.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
