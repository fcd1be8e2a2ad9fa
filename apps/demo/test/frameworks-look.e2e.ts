import { expect } from 'playwright/test'
import { DEVICES, expectNoOverflow } from './demo-page.ts'
import { notes, test } from './frameworks-page.ts'

for (const [device, size] of Object.entries(DEVICES)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`is whole on a ${device} in the ${colorScheme}`, async ({ panes: page }, testInfo) => {
      await page.setViewportSize(size)
      await page.emulateMedia({ colorScheme })
      await notes(page, 'vue').nth(1).fill('By the harbour')
      await expect(notes(page, 'angular').nth(1)).toHaveValue('By the harbour')

      await expectNoOverflow(page)
      await page.screenshot({ path: testInfo.outputPath('panes.png'), animations: 'disabled' })

      await notes(page, 'vue').nth(1).fill('')
      await expect(notes(page, 'angular').nth(1)).toHaveValue('')
    })
  }
}
