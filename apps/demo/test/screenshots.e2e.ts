import { expect } from 'playwright/test'
import { cell, expectImported, expectMapDrawn, row, searchBox } from './demo-page.ts'
import { notes, test } from './frameworks-page.ts'
import { expectPublished } from './published-screenshot.ts'

const SIZE = { width: 1100, height: 660 }
const FOUR_PANES = { width: 1440, height: 700 }

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the demo and its live queries can be pictured in the ${colorScheme}`, async ({
    visitor: page,
  }, testInfo) => {
    await page.setViewportSize(SIZE)
    await page.emulateMedia({ colorScheme })
    await page.reload()
    await expectImported(page)
    await expectMapDrawn(page)
    await expectPublished(page, testInfo, `demo-${colorScheme}`)

    await searchBox(page).fill('san jose')
    await expect(cell(row(page, 0), 'name')).toHaveText(/^San José/)
    await page.getByRole('button', { name: /live quer/ }).click()
    const panel = page.getByRole('region', { name: 'Live queries' })
    await expect(panel.getByRole('row').filter({ hasText: 'Favourites' })).toContainText('first asked for')
    await expectPublished(page, testInfo, `live-queries-${colorScheme}`)
    await page.getByRole('button', { name: 'Close the panel' }).click()
  })

  test(`the four frameworks can be pictured in the ${colorScheme}`, async ({ panes: page }, testInfo) => {
    await page.setViewportSize(FOUR_PANES)
    await page.emulateMedia({ colorScheme })
    await notes(page, 'vue').first().fill('By the harbour')
    await expect(notes(page, 'angular').first()).toHaveValue('By the harbour')
    await expectPublished(page, testInfo, `frameworks-${colorScheme}`)
    await notes(page, 'vue').first().fill('')
    await expect(notes(page, 'angular').first()).toHaveValue('')
  })
}
