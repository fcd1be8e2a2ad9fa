import { expect } from 'playwright/test'
import { cell, expectImported, progressBar, row, scope, searchBox, summary } from './demo-page.ts'
import { test } from './demo-test.ts'
import { holdFiles } from './hold-files.ts'

test('imports every place, through a cancel, a resume and two reloads', async ({ newVisitor: page }) => {
  const server = await holdFiles(page, 4)
  await page.goto('/')

  // The page is alive while it imports.
  await expect(progressBar(page)).toHaveAttribute('value', '16000')
  await expect(summary(page)).toContainText('16,000')
  await expect(page.getByRole('gridcell', { name: '28 de Noviembre', exact: true })).toBeVisible()

  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('Import stopped at 16,000 of 171,075')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible()

  // A stopped import stays stopped.
  await page.reload()
  await expect(page.getByText('Import stopped at 16,000 of 171,075')).toBeVisible()
  await expect(scope(page, 'All places')).toHaveAccessibleName('All places 16,000')

  await server.holdAfter(12)
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(progressBar(page)).toHaveAttribute('value', '48000')

  // A running one goes on by itself, where it was.
  await server.release()
  await page.reload()
  await expectImported(page)
  await expect(summary(page)).toContainText('171,075')
  await expect(summary(page)).toContainText('places in 246 countries')
  await expect(progressBar(page)).toBeHidden()

  // What had been written was not asked for again.
  for (const end of [4000, 16_000, 24_000, 48_000]) expect(server.requestsFor(end)).toBe(1)

  await page.reload()
  await expectImported(page)
  expect(server.requestsFor(171_075)).toBe(1)
})

test('loses no note that is being written when the rows move under it', async ({ newVisitor: page }) => {
  const server = await holdFiles(page, 4)
  await page.goto('/')
  await expect(progressBar(page)).toHaveAttribute('value', '16000')
  await expect(cell(row(page, 0), 'name')).toHaveText('28 de Noviembre')
  await row(page, 0).getByRole('button', { name: 'Add a note' }).click()
  await page.getByRole('textbox', { name: 'Note on 28 de Noviembre' }).fill('Half a sentence')

  await server.holdAfter(12)
  await expect(progressBar(page)).toHaveAttribute('value', '48000')
  await expect(cell(row(page, 0), 'name')).toHaveText('100 Mile House')

  await expect(scope(page, 'With notes')).toHaveAccessibleName('With notes 1')
  await searchBox(page).fill('28 de noviembre')
  await expect(cell(row(page, 0), 'note')).toHaveText('Half a sentence')
})

test('says what failed, and tries again', async ({ newVisitor: page }) => {
  await page.route('**/places/places-008000-*.json', (route) => route.fulfill({ status: 500 }))
  await page.goto('/')

  await expect(page.getByRole('alert').filter({ hasText: 'The import failed.' })).toBeVisible()
  await expect(scope(page, 'All places')).toHaveAccessibleName('All places 4,000')

  await page.unroute('**/places/places-008000-*.json')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expectImported(page)
})
