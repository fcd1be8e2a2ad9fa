import { expect } from 'playwright/test'
import type { Locator, Page } from 'playwright/test'
import { becomeOutdated, expectImported, progressBar, row, scope, searchBox, summary } from './demo-page.ts'
import { test } from './demo-test.ts'
import { holdFiles } from './hold-files.ts'

test('two tabs are one, and the second goes on when the first is closed', async ({ visitor: first }) => {
  const second = await openTab(first)
  await openPanel(first)
  await openPanel(second)
  await expect(role(first)).toContainText('Host')
  await expect(role(second)).toHaveText('Guest Another tab hosts the database.')
  await expect(second.getByText('2 tabs', { exact: true })).toBeVisible()

  await favourite(first).click()
  await expect(scope(second, 'Favourites')).toHaveAccessibleName('Favourites 1')
  await expect(favourite(second)).toHaveAttribute('aria-pressed', 'true')

  await first.close()
  await expect(role(second)).toContainText('Host')
  await expect(second.getByText('1 tab', { exact: true })).toBeVisible()
  await favourite(second).click()
  await expect(scope(second, 'Favourites')).toHaveAccessibleName('Favourites 0')
  await searchBox(second).fill('Reykjavík')
  await expect(row(second, 0)).toContainText('Reykjavík')
  await second.close()
})

test('one tab imports, all show it and stop it, and another goes on with it', async ({
  newVisitor: first,
}) => {
  const server = await holdFiles(first, 2)
  await first.goto('/')
  const second = await openTab(first)
  for (const tab of [first, second]) await expect(progressBar(tab)).toHaveAttribute('value', '8000')

  await second.getByRole('button', { name: 'Cancel' }).click()
  for (const tab of [first, second]) {
    await expect(tab.getByText('Import stopped at 8,000 of 171,075')).toBeVisible()
  }
  await first.getByRole('button', { name: 'Resume' }).click()
  for (const tab of [first, second]) await expect(tab.getByRole('button', { name: 'Cancel' })).toBeVisible()

  await first.close()
  await server.holdAfter(6)
  await expect(progressBar(second)).toHaveAttribute('value', '24000')
})

test('what one tab deletes is gone in the other, which begins anew', async ({ newVisitor: first }) => {
  await holdFiles(first, 0)
  await first.goto('/')
  await expect(progressBar(first)).toBeVisible()
  const second = await openTab(first)
  await expect(progressBar(second)).toBeVisible()

  await first.getByRole('button', { name: 'Menu' }).click()
  await first.getByRole('button', { name: 'Start over…' }).click()
  await first.getByRole('button', { name: 'Delete and start over' }).click()
  await expect(second.getByRole('heading', { name: 'Everything was deleted in another tab' })).toBeVisible()
  await second.getByRole('button', { name: 'Begin anew' }).click()
  for (const tab of [first, second]) await expect(progressBar(tab)).toBeVisible()
})

test('a tab that a newer version replaces keeps what it shows, and asks to be reloaded', async ({
  visitor: page,
}) => {
  await becomeOutdated(page)
  await expect(page.getByText('A new version is here.')).toBeVisible()
  await expect(summary(page)).toContainText('171,075')

  await page.getByRole('button', { name: 'Reload' }).click()
  await expectImported(page)
  await expect(page.getByText('A new version is here.')).toBeHidden()
})

test('a tab of an older version says that it is one', async ({ newVisitor: page }) => {
  await page.addInitScript(() => {
    if (sessionStorage.length > 0) return
    sessionStorage.setItem('visited', 'true')
    new BroadcastChannel('datasync:gazetteer').addEventListener('message', ({ target }) => {
      const news = { kind: 'hosting', epoch: 'newer', protocol: Number.MAX_SAFE_INTEGER, migrations: 0 }
      if (target instanceof BroadcastChannel) target.postMessage(news)
    })
  })
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'A new version of Gazetteer is here' })).toBeVisible()
  await page.getByRole('button', { name: 'Reload the page' }).click()
  await expect(progressBar(page)).toBeVisible()
})

async function openTab(page: Page): Promise<Page> {
  const tab = await page.context().newPage()
  await tab.goto('/')
  return tab
}

async function openPanel(page: Page): Promise<void> {
  await page.getByRole('button', { name: /live quer/ }).click()
}

function role(page: Page): Locator {
  return page.getByRole('status', { name: 'This tab' })
}

function favourite(page: Page): Locator {
  return row(page, 0).getByRole('button', { name: /^Favourite/ })
}
