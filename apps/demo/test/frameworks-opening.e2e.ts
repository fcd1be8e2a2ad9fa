import { expect } from 'playwright/test'
import { becomeOutdated } from './demo-page.ts'
import { places, test } from './frameworks-page.ts'

test('every pane says that a newer version is open in another tab', async ({ panes: page }) => {
  await becomeOutdated(page)

  for (const name of ['React', 'Vue', 'Svelte', 'Angular']) {
    await expect(page.getByRole('region', { name }).getByRole('alert')).toContainText(
      'Reload the page to get that version.',
    )
  }
  await expect(places(page, 'react')).toHaveCount(6)
})

test('a pane that cannot be loaded says so', async ({ panes: page }) => {
  await page.route('**/assets/mount-*.js', (route) => route.abort())
  await page.reload()

  for (const name of ['React', 'Vue', 'Svelte', 'Angular']) {
    await expect(page.getByRole('region', { name }).getByRole('alert')).toContainText('could not be loaded')
  }
})

test('an import that failed or was stopped says so, and goes on from here', async ({ newVisitor: page }) => {
  const failing = '**/places/places-008000-*.json'
  await page.route(failing, (route) => route.fulfill({ status: 500 }))
  await page.goto('/frameworks/')
  await expect(page.getByText('The import failed at 4,000 of 171,075 places')).toBeVisible()

  await page.unroute(failing)
  await page.route('**/places/places-016000-*.json', () => undefined)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('Importing 12,000 of 171,075 places')).toBeVisible()
  await page.goto('/')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('Import stopped at 12,000 of 171,075')).toBeVisible()

  await page.goto('/frameworks/')
  await expect(page.getByText('Import stopped at 12,000 of 171,075 places')).toBeVisible()
  await page.unroute('**/places/places-016000-*.json')
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(page.getByText('171,075 places in one file')).toBeVisible({ timeout: 90_000 })
  await expect(page.getByRole('button', { name: 'Resume' })).toBeHidden()
})
