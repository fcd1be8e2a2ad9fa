import { expect } from 'playwright/test'
import type { Page } from 'playwright/test'
import { expectImported, row, searchBox } from './demo-page.ts'
import { test } from './demo-test.ts'

test('keeps everything in IndexedDB, and moves it to files and back', async ({ newVisitor: page }) => {
  await page.goto('/?storage=indexeddb')
  await expectImported(page)
  await expectStore(page, 'IndexedDB')

  await page.goto('/')
  await expectImported(page)
  await expectStore(page, 'IndexedDB')
  await move(page, 'Move to files')
  await expectStore(page, 'Origin private file system')

  await page.reload()
  await expectImported(page)
  await searchBox(page).fill('Reykjavík')
  await expect(row(page, 0)).toContainText('Reykjavík')
  await expectStore(page, 'Origin private file system')
})

async function expectStore(page: Page, store: string): Promise<void> {
  await openDetails(page)
  await expect(page.getByRole('definition').filter({ hasText: store })).toBeVisible()
}

async function move(page: Page, label: string): Promise<void> {
  await openDetails(page)
  await page.getByRole('button', { name: label }).click()
  await expect(page.getByRole('button', { name: label })).toBeHidden()
}

async function openDetails(page: Page): Promise<void> {
  const details = page.locator('#storage-details')
  if (!(await details.isVisible())) await page.getByRole('button', { name: /^Saved/ }).click()
  await expect(details).toBeVisible()
}
