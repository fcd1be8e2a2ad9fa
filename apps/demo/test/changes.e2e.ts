import { expect } from 'playwright/test'
import type { Locator } from 'playwright/test'
import { cell, expectImported, row, scope, searchBox, summary } from './demo-page.ts'
import { test } from './demo-test.ts'

test('keeps a note through a reload', async ({ visitor: page }) => {
  await searchBox(page).fill('reykjavik')
  await expect(cell(row(page, 0), 'name')).toHaveText('Reykjavík')
  await addNote(row(page, 0), 'Aurora in February', 'Enter')
  await expect(cell(row(page, 0), 'note')).toHaveText('Aurora in February')
  await expect(scope(page, 'With notes')).toHaveAccessibleName('With notes 1')

  // The search is in the address a moment after it was typed.
  await expect(page).toHaveURL(/reykjavik/)
  await page.reload()
  await expect(cell(row(page, 0), 'note')).toHaveText('Aurora in February')

  // Left by Escape, it stays as it was; left by Tab or a click elsewhere, it is saved.
  await row(page, 0)
    .getByRole('button', { name: /^Note on/ })
    .click()
  const editor = page.getByRole('textbox', { name: 'Note on Reykjavík' })
  await expect(editor).toBeFocused()
  await editor.fill('Something else')
  await editor.press('Escape')
  await expect(cell(row(page, 0), 'note')).toHaveText('Aurora in February')
  await row(page, 0)
    .getByRole('button', { name: /^Note on/ })
    .click()
  await editor.fill('Aurora in March')
  await searchBox(page).click()
  await expect(cell(row(page, 0), 'note')).toHaveText('Aurora in March')

  await searchBox(page).fill('')
  await scope(page, 'With notes').check()
  await expect(summary(page)).toHaveText('1 place in 1 country')

  // An empty note is none.
  await row(page, 0)
    .getByRole('button', { name: /^Note on/ })
    .click()
  await editor.fill('')
  await editor.press('Enter')
  await expect(page.getByText('No notes yet')).toBeVisible()
  await expect(scope(page, 'With notes')).toHaveAccessibleName('With notes 0')
})

test('favours places, and every count follows', async ({ visitor: page }) => {
  await searchBox(page).fill('wellington')
  const stars = page.getByRole('grid').getByRole('button', { name: 'Favourite: Wellington', exact: true })
  await expect(cell(row(page, 0), 'name')).toHaveText('Wellington')
  await stars.nth(0).click()
  await stars.nth(1).click()
  await expect(stars.nth(0)).toHaveAttribute('aria-pressed', 'true')
  await expect(scope(page, 'Favourites')).toHaveAccessibleName('Favourites 2')

  await page.getByRole('button', { name: 'Clear the search' }).click()
  await scope(page, 'Favourites').check()
  await expect(summary(page)).toContainText(/^2 places in [12] countr/)
  await expect(page).toHaveURL(/show=favourites/)

  await page.reload()
  await expectImported(page)
  await expect(scope(page, 'Favourites')).toBeChecked()
  await expect(scope(page, 'Favourites')).toHaveAccessibleName('Favourites 2')

  await stars.nth(0).click()
  await expect(summary(page)).toHaveText('1 place in 1 country')
  await expect(scope(page, 'Favourites')).toHaveAccessibleName('Favourites 1')
  await stars.nth(0).click()
  await expect(page.getByText('No favourites yet')).toBeVisible()
})

test('tells how what is written becomes durable', async ({ visitor: page }) => {
  await page.getByRole('button', { name: /live quer/ }).click()
  const storage = page.getByRole('region', { name: 'Live queries' }).getByLabel('Storage')
  const fact = (name: string) => storage.locator('div').filter({ hasText: name })
  await expect(fact('Waiting')).toContainText('0 blocks')
  await expect(fact('Syncs')).toContainText('none failed')

  const star = row(page, 2).getByRole('button', { name: /^Favourite/ })
  await star.click()
  await expect(fact('Syncs')).toContainText(/[1-9]\d*none failed/)
  await expect(fact('Last sync')).toContainText(/\d ms on average/)
  await expect(fact('Stored')).toContainText(/[1-9]\d* [kMG]B/)
  await star.click()
  await expect(scope(page, 'Favourites')).toHaveAccessibleName('Favourites 0')
})

test('tells of each live query how often it ran, how long, and why', async ({ visitor: page }) => {
  await page.getByRole('button', { name: /live quer/ }).click()
  const panel = page.getByRole('region', { name: 'Live queries' })
  const query = (title: string) => panel.getByRole('row').filter({ hasText: title })
  await expect(query('Favourites')).toContainText('first asked for')
  await expect(query('Map of the world')).toContainText('23,527')
  await expect(query('Rows of the table')).toContainText(/\d\.\d ms/)

  const before = await runsOf(query, [
    'Favourites',
    'Rows of the table',
    'Places per country',
    'All places',
    'Notes',
  ])
  await row(page, 2)
    .getByRole('button', { name: /^Favourite/ })
    .click()

  // What reads the table of favourites ran once more, and nothing else did.
  await expect(query('Favourites')).toContainText('rows of favourite')
  await expect(query('Rows of the table')).toContainText('rows of favourite')
  const after = await runsOf(query, [
    'Favourites',
    'Rows of the table',
    'Places per country',
    'All places',
    'Notes',
  ])
  expect(after).toEqual({
    ...before,
    Favourites: before['Favourites'] + 1,
    'Rows of the table': before['Rows of the table'] + 1,
  })

  await addNote(row(page, 2), 'Why it ran', 'Enter')
  await expect(query('Notes')).toContainText('rows of note')
  await addNote(row(page, 2), 'Why it ran again', 'Enter')
  await expect(query('Rows of the table')).toContainText('note.body')
  // How many notes there are does not depend on what they say.
  await expect(query('Notes')).toContainText('rows of note')

  await row(page, 2)
    .getByRole('button', { name: /^Favourite/ })
    .click()
  await addNote(row(page, 2), '', 'Enter')
  await expect(scope(page, 'With notes')).toHaveAccessibleName('With notes 0')
  await panel.getByRole('button', { name: 'Close the panel' }).click()
  await expect(panel).toBeHidden()
})

async function addNote(tableRow: Locator, text: string, key: string): Promise<void> {
  await tableRow.getByRole('button', { name: /note on/i }).click()
  const editor = tableRow.getByRole('textbox')
  await editor.fill(text)
  await editor.press(key)
}

async function runsOf<Title extends string>(
  query: (title: string) => Locator,
  titles: readonly Title[],
): Promise<Record<Title, number>> {
  const runs = await Promise.all(
    titles.map(async (title) => [title, Number(await query(title).getByRole('cell').first().textContent())]),
  )
  return Object.fromEntries(runs) as Record<Title, number>
}
