import { expect } from 'playwright/test'
import type { Page } from 'playwright/test'
import {
  cell,
  DEVICES,
  expectImported,
  expectMapDrawn,
  expectNoOverflow,
  row,
  scope,
  searchBox,
  summary,
  visibleRows,
} from './demo-page.ts'
import { test } from './demo-test.ts'

for (const [device, size] of Object.entries(DEVICES)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`is whole on a ${device} in the ${colorScheme}`, async ({ visitor: page }, testInfo) => {
      const shoot = async (name: string): Promise<void> => {
        await page.screenshot({ path: testInfo.outputPath(`${name}.png`), animations: 'disabled' })
      }
      await page.setViewportSize(size)
      await page.emulateMedia({ colorScheme })
      await page.reload()
      await expectImported(page)
      await expect(cell(row(page, 0), 'name')).toHaveText(/\S/)
      await expectMapDrawn(page)
      await expectNothingCutOff(page)
      await shoot('all-places')

      await searchBox(page).fill('san jose')
      await expect(cell(row(page, 0), 'name')).toHaveText(/^San José/)
      await page.getByRole('button', { name: /live quer/ }).click()
      await expect(page.getByRole('region', { name: 'Live queries' })).toBeVisible()
      await expectNoOverflow(page)
      await shoot('search-and-live-queries')
      await page.getByRole('button', { name: 'Close the panel' }).click()

      await searchBox(page).fill('')
      await scope(page, 'Favourites').check()
      await expect(page.getByText('No favourites yet')).toBeVisible()
      await shoot('no-favourites')
    })
  }
}

test('does not shift while it opens', async ({ visitor: page }) => {
  await page.addInitScript(() => {
    const shifts: number[] = []
    Object.assign(globalThis, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        shifts.push((entry as PerformanceEntry & { value: number }).value)
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await page.reload()
  await expectImported(page)
  await expect(cell(row(page, 0), 'name')).toHaveText(/\S/)
  await expectMapDrawn(page)
  const total = await page.evaluate(() =>
    (globalThis as unknown as { shifts: readonly number[] }).shifts.reduce((sum, value) => sum + value, 0),
  )
  expect(total).toBeLessThan(0.02)
})

/** The page is as wide as the window, and a good part of it is rows of one height, one below the other. */
async function expectNothingCutOff(page: Page): Promise<void> {
  await expectNoOverflow(page)
  await expect(summary(page)).toBeInViewport({ ratio: 1 })
  const rows = await visibleRows(page)
  expect(rows.length).toBeGreaterThanOrEqual(2)
  for (const [position, { top }] of rows.entries()) {
    const above = rows[position - 1]
    if (above !== undefined) expect(Math.abs(top - above.bottom)).toBeLessThan(1)
  }
}
