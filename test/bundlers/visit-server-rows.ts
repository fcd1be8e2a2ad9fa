import { join } from 'node:path'
import type { Page } from 'playwright'
import { expect } from 'playwright/test'
import { watchedBrowser } from './watched-browser.ts'

const ROW_OF_SERVER = /<ul[^>]* aria-busy="true"[^>]*>.*?(milk for request \d+).*?<\/ul>/s

/**
 * What the guide promises of a page whose server has rows: they are in its HTML, and stay where they are until those
 * of the browser's own database take their place in one step. All of it has to be silent.
 */
export async function visitServerRows(url: string): Promise<void> {
  expect(await rowOfServer(url), 'each request has rows of its own').not.toBe(await rowOfServer(url))

  await using browser = await watchedBrowser()
  const { context, complaints } = browser
  await context.addInitScript({ path: join(import.meta.dirname, 'server-rows/record-list.js') })
  let isAskedFor = false
  let release = (): void => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await context.route(/\.wasm\b/, async (route) => {
    // Nuxt has pages fetch it ahead, whatever their components do.
    if (route.request().headers()['sec-purpose'] === 'prefetch') return route.continue()
    isAskedFor = true
    await released
    await route.continue()
  })

  const page = await context.newPage()
  await page.goto(url)
  // Asked for by a component that runs: the page has been taken over by then.
  await expect.poll(() => isAskedFor).toBe(true)
  await expect(page.getByRole('listitem')).toHaveText([/^milk for request \d+$/])
  await expect(page.getByRole('list')).toHaveAttribute('aria-busy', 'true')
  release()
  await expect(page.getByRole('listitem')).toHaveText(['bread'])
  await page.getByRole('button', { name: 'Add salt' }).click()
  await expect(page.getByRole('listitem')).toHaveText(['bread', 'salt'])
  expect(await seenOn(page)).toEqual([
    expect.stringMatching(/^stale: milk for request \d+$/),
    'live: bread',
    'live: bread, salt',
  ])

  await page.reload()
  await expect(page.getByRole('listitem')).toHaveText(['bread', 'salt'])
  expect(await seenOn(page)).toEqual([
    expect.stringMatching(/^stale: milk for request \d+$/),
    'live: bread, salt',
  ])
  expect(complaints).toEqual([])
}

async function rowOfServer(url: string): Promise<string | undefined> {
  const response = await fetch(url)
  const html = await response.text()
  expect(html).toMatch(ROW_OF_SERVER)
  return ROW_OF_SERVER.exec(html)?.[1]
}

/** Everything that the list has shown, which has to be the one that the server drew. */
async function seenOn(page: Page): Promise<readonly string[]> {
  expect(await page.evaluate("drawnByServer === document.querySelector('ul')")).toBe(true)
  return page.evaluate<readonly string[]>('seen')
}
