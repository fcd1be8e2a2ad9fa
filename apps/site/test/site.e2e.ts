import { expect, test, type Page } from 'playwright/test'
import { builtPages } from './built-pages.ts'

const addresses = [...builtPages().keys()]

test('every page of the guide loads, with its title, and nothing on the console', async ({ page }) => {
  const complaints = listen(page)
  for (const address of addresses.filter((each) => !isReference(each))) {
    await page.goto(address)
    await expect(page.locator('#app > .Layout'), address).toBeVisible()
    await expect(page.locator('h1').first(), address).not.toBeEmpty()
  }
  expect(complaints).toEqual([])
})

test('every page of the reference loads, with its title, and nothing on the console', async ({ page }) => {
  const complaints = listen(page)
  await page.goto('/api/')
  for (const address of addresses.filter(isReference)) {
    await follow(page, address)
    const name =
      decodeURI(address)
        .split('/')
        .findLast((part) => part !== '') ?? ''
    await expect(page.locator('h1'), address).toContainText(name === 'api' ? 'API' : name)
  }
  expect(complaints).toEqual([])
})

test('the sidebar leads through the guides, and the reference has its own', async ({ page }) => {
  const complaints = listen(page)
  await page.goto('/guide/engine')
  const sidebar = page.getByRole('navigation', { name: 'Sidebar Navigation' })
  await sidebar.getByRole('link', { name: 'Tabs', exact: true }).click()
  await expect(page).toHaveURL(/\/guide\/tabs$/)
  await expect(page.locator('h1')).toContainText('Tabs')

  await page.goto('/api/@datasync/react/functions/useQuery')
  await expect(page.locator('h1')).toContainText('useQuery')
  await page.locator('main').getByRole('link', { name: 'QueryOptions' }).first().click()
  await expect(page.locator('h1')).toContainText('QueryOptions')
  expect(complaints).toEqual([])
})

test('the search finds a function', async ({ page }) => {
  const complaints = listen(page)
  await page.goto('/')
  await page.getByRole('button', { name: 'Search' }).first().click()
  await page.getByRole('searchbox').fill('useQuery')
  await page.getByRole('option').filter({ hasText: 'useQuery' }).first().click()
  await expect(page.locator('main')).toContainText('useQuery')
  await expect(page).not.toHaveURL(/\/$/)
  expect(complaints).toEqual([])
})

test('an error page can be found by its code', async ({ page }) => {
  await page.goto('/errors/worker-failed')
  await expect(page.locator('h1')).toContainText('worker-failed')
  await expect(page.getByRole('heading', { name: 'What to do' })).toBeVisible()
})

function isReference(address: string): boolean {
  return address.startsWith('/api/')
}

/** As a click on a link does, without loading the site anew. */
async function follow(page: Page, address: string): Promise<void> {
  await page.evaluate((href) => {
    const link = document.body.appendChild(Object.assign(document.createElement('a'), { href }))
    link.click()
    link.remove()
  }, address)
}

/** What the page says on the console that is not well, what it throws, and what it does not get. */
function listen(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    complaints.push(`${page.url()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.url()}: ${response.status()}`)
  })
  return complaints
}
