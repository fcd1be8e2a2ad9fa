import type { Page } from 'playwright'
import { expect } from 'playwright/test'
import { watchedBrowser } from './watched-browser.ts'

/**
 * What a visitor does with the app of every example: adds a task, sees it in a second tab, ticks it
 * off there, reloads. All of it has to be silent, but for what is `expected`, and SQLite is loaded once.
 */
export async function useTasks(url: string, expected: RegExp = /^$/): Promise<void> {
  await using browser = await watchedBrowser()
  const { context, complaints, requested } = browser
  const first = await context.newPage()
  await first.goto(url)
  await add(first, 'milk')
  expect(requested.filter((address) => /\.wasm\b/.test(address))).toHaveLength(1)

  const second = await context.newPage()
  await second.goto(url)
  await expect(box(second, 'milk')).not.toBeChecked()
  await box(second, 'milk').click()
  await expect(box(first, 'milk')).toBeChecked()
  await add(second, 'bread')
  await expect(box(first, 'bread')).not.toBeChecked()

  for (const page of [first, second]) {
    await page.reload()
    await expect(box(page, 'milk')).toBeChecked()
    await expect(box(page, 'bread')).not.toBeChecked()
  }
  expect(complaints.filter((complaint) => !expected.test(complaint))).toEqual([])
}

async function add(page: Page, title: string): Promise<void> {
  await page.getByRole('textbox', { name: 'New task' }).fill(title)
  await page.getByRole('button', { name: 'Add' }).click()
  await expect(box(page, title)).toBeVisible()
}

function box(page: Page, title: string) {
  return page.getByRole('checkbox', { name: title })
}
