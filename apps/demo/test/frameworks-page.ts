import { expect } from 'playwright/test'
import type { Locator, Page } from 'playwright/test'
import { test as base } from './demo-test.ts'

export const FRAMEWORKS = ['react', 'vue', 'svelte', 'angular'] as const

/** The page with a pane for each framework, in the profile that has all places. */
export const test = base.extend<{ readonly panes: Page }>({
  panes: async ({ visitor: page }, use) => {
    await page.goto('/frameworks/')
    for (const framework of FRAMEWORKS) await expect(places(page, framework)).toHaveCount(6)
    await use(page)
  },
})

export function places(page: Page, framework: string): Locator {
  return page.locator(`[data-framework="${framework}"] .place`)
}

export function notes(page: Page, framework: string): Locator {
  return page.locator(`[data-framework="${framework}"] .place-note`)
}

export function place(page: Page, framework: string, index: number): Locator {
  return places(page, framework).nth(index)
}

export function search(page: Page, framework: string): Locator {
  return page.locator(`[data-framework="${framework}"]`).getByRole('textbox', { name: 'Search places' })
}

export async function renderings(page: Page): Promise<readonly number[]> {
  return Promise.all(
    FRAMEWORKS.map(async (name) =>
      Number(await page.locator(`[data-framework="${name}"] .pane-renderings`).textContent()),
    ),
  )
}
