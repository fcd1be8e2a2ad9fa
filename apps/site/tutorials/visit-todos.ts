import { expect, type BrowserContext } from 'playwright/test'

/** What each tutorial promises of its app: kept through a reload, the same in two tabs, and nothing on the console. */
export async function visitTodos(context: BrowserContext, address: string): Promise<void> {
  const complaints: string[] = []
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  context.on('weberror', (error) => complaints.push(error.error().message))

  const page = await context.newPage()
  await page.goto(address)
  await expect(page.getByRole('heading')).toHaveText('0 to do')
  await page.getByLabel('New todo').fill('milk')
  await page.getByRole('button', { name: 'Add' }).click()
  await expect(page.getByRole('listitem')).toHaveText(['milk'])
  await expect(page.getByRole('heading')).toHaveText('1 to do')

  await page.reload()
  await expect(page.getByRole('listitem')).toHaveText(['milk'])

  const other = await context.newPage()
  await other.goto(address)
  // A controlled one shows what the database has, a moment later.
  await other.getByLabel('milk').click()
  await expect(page.getByLabel('milk')).toBeChecked()
  await expect(page.getByRole('heading')).toHaveText('0 to do')
  await page.getByLabel('milk').click()
  await expect(other.getByLabel('milk')).not.toBeChecked()

  await other.close()
  await page.close()
  expect(complaints).toEqual([])
}
