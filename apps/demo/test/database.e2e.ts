import { readFile } from 'node:fs/promises'
import { expect } from 'playwright/test'
import { expectImported, row, scope } from './demo-page.ts'
import { test } from './demo-test.ts'

test('says where the data is kept, and whose it is', async ({ visitor: page }) => {
  await page.getByRole('button', { name: 'Saved in this browser' }).click()
  await expect(page.getByText('Origin private file system', { exact: true })).toBeVisible()

  const footer = page.getByRole('contentinfo')
  await expect(footer.getByRole('link', { name: 'GeoNames' })).toHaveAttribute(
    'href',
    'https://www.geonames.org/',
  )
  await expect(footer.getByRole('link', { name: 'CC BY 4.0' })).toHaveAttribute(
    'href',
    'https://creativecommons.org/licenses/by/4.0/',
  )
})

test('hands out the database, and starts over', async ({ newVisitor: page }) => {
  await page.goto('/')
  await expectImported(page)
  await row(page, 0)
    .getByRole('button', { name: /^Favourite/ })
    .click()
  await expect(scope(page, 'Favourites')).toHaveAccessibleName('Favourites 1')

  await page.getByRole('button', { name: 'Menu' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download the database' }).click()
  const file = await readFile(await (await download).path())
  expect(file.subarray(0, 16).toString('latin1')).toBe('SQLite format 3\0')
  expect(file.length).toBeGreaterThan(20_000_000)

  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('button', { name: 'Start over…' }).click()
  await page.getByRole('button', { name: 'Keep it' }).click()
  await expect(scope(page, 'Favourites')).toHaveAccessibleName('Favourites 1')

  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('button', { name: 'Start over…' }).click()
  await page.getByRole('button', { name: 'Delete and start over' }).click()
  await expect(scope(page, 'Favourites')).toHaveAccessibleName('Favourites 0')
  await expectImported(page)
})
