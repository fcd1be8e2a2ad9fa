import { expect } from 'playwright/test'
import {
  cell,
  PLACE_TOTAL,
  row,
  scope,
  scrollToRow,
  searchBox,
  summary,
  visibleNames,
  visibleRows,
} from './demo-page.ts'
import { test } from './demo-test.ts'
import { byName, readExpectedPlaces } from './expected-places.ts'

const places = readExpectedPlaces()

test('finds places as one types, best match first, whatever is typed', async ({ visitor: page }) => {
  await searchBox(page).pressSequentially('zuri')
  await expect(cell(row(page, 0), 'name')).toHaveText('Zürich')
  await expect(cell(row(page, 0), 'country')).toHaveText('Switzerland')

  // Diacritics in what is typed matter as little as in the names.
  await searchBox(page).fill('ŁODZ')
  await expect(cell(row(page, 0), 'name')).toHaveText('Łódź')

  // Two words, one of the name and one of the region.
  await searchBox(page).fill('paris texas')
  await expect(summary(page)).toHaveText(/^1 place in 1 country$/)
  await expect(cell(row(page, 0), 'region')).toHaveText('Texas')

  // What FTS5 would read as its own syntax is only text here.
  for (const text of ['"', 'a AND', 'NEAR(', '*', 'name:paris -', "x' OR 1=1", '(((', 'paris^2 + {"']) {
    await searchBox(page).fill(text)
    await expect(page.getByRole('heading', { level: 1 })).toContainText(text.trim())
    await expect(page.getByRole('grid')).toHaveAttribute('aria-busy', 'false')
  }
  await searchBox(page).fill('paris "')
  await expect(cell(row(page, 0), 'name')).toHaveText('Paris')

  await searchBox(page).fill('qqqq')
  await expect(page.getByText('No place matches “qqqq”')).toBeVisible()
  await page.getByRole('button', { name: 'Clear search and country' }).click()
  await expect(summary(page)).toContainText('171,075')
})

test('narrows to a country, with counts that agree', async ({ visitor: page }) => {
  const inPortugal = places.filter(({ country }) => country === 'PT').toSorted(byName)
  const countries = page.getByRole('group', { name: 'Country' })
  const portugal = countries.getByRole('radio', { name: 'Portugal' })

  await expect(portugal).toHaveAccessibleName(`Portugal ${inPortugal.length.toLocaleString('en')}`)
  await page.getByRole('textbox', { name: 'Find a country' }).fill('port')
  await expect(countries.getByRole('radio')).toHaveCount(1)
  await portugal.check()

  await expect(summary(page)).toHaveText(`${inPortugal.length.toLocaleString('en')} places in Portugal`)
  await expect(cell(row(page, 0), 'name')).toHaveText(inPortugal[0]?.name ?? '')
  const names = await visibleNames(page)
  expect(names).toEqual(inPortugal.slice(0, names.length).map(({ name }) => name))

  // The address remembers, so a reload shows the same.
  await expect(page).toHaveURL(/country=PT/)
  await page.reload()
  await expect(summary(page)).toContainText('places in Portugal')

  // A search changes the counts of all countries.
  await searchBox(page).fill('lisb')
  await expect(portugal).toHaveAccessibleName(/^Portugal \d{1,3}$/)
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect(summary(page)).toContainText('countries')
})

test('sorts by any column, either way', async ({ visitor: page }) => {
  const head = (title: string) => page.getByRole('columnheader', { name: title })
  const northernmost = places.toSorted((first, second) => second.latitude - first.latitude)

  await head('Latitude').getByRole('button').click()
  await expect(head('Latitude')).toHaveAttribute('aria-sort', 'ascending')
  await expect(cell(row(page, 0), 'name')).toHaveText(northernmost.at(-1)?.name ?? '')
  await head('Latitude').getByRole('button').click()
  await expect(head('Latitude')).toHaveAttribute('aria-sort', 'descending')
  await expect(cell(row(page, 0), 'name')).toHaveText(northernmost[0]?.name ?? '')

  await head('Country').getByRole('button').click()
  await expect(cell(row(page, 0), 'country')).toHaveText('Afghanistan')
  await head('Country').getByRole('button').click()
  await expect(cell(row(page, 0), 'country')).toHaveText('Zimbabwe')
  await head('Country').getByRole('button').click()
  await expect(head('Country')).not.toHaveAttribute('aria-sort')
})

test('shows the right rows wherever it is scrolled to, none over another', async ({ visitor: page }) => {
  const expected = places.toSorted(byName)
  for (const target of [100_000, 59, 171_000, 0, 85_500]) {
    await scrollToRow(page, target)
    await expect(cell(row(page, target), 'name')).toHaveText(expected[target]?.name ?? '')

    // All of a screen is there, in order, edge to edge.
    await expect.poll(async () => (await visibleNames(page)).every((name) => name !== '')).toBe(true)
    const rows = await visibleRows(page)
    expect(rows.length).toBeGreaterThan(10)
    for (const [position, { index, name, top }] of rows.entries()) {
      expect(name).toBe(expected[index]?.name)
      const above = rows[position - 1]
      if (above === undefined) continue
      expect(index).toBe(above.index + 1)
      expect(Math.abs(top - above.bottom)).toBeLessThan(1)
    }
  }
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(PLACE_TOTAL + 1))
})

test('can be used with the keyboard alone', async ({ visitor: page }) => {
  await page.keyboard.press('/')
  await expect(searchBox(page)).toBeFocused()
  await page.keyboard.type('oslo')
  await expect(cell(row(page, 0), 'name')).toHaveText('Oslo')
  await page.keyboard.press('Escape')
  await expect(searchBox(page)).toHaveValue('')

  await scope(page, 'All places').focus()
  await page.keyboard.press('ArrowDown')
  await expect(scope(page, 'Favourites')).toBeChecked()
  await page.keyboard.press('ArrowUp')
  await expect(summary(page)).toContainText('171,075')

  // One stop of the Tab key, from there on the arrows lead.
  await row(page, 0).getByRole('button', { name: 'Favourite' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await expect(cell(row(page, 1), 'name')).toBeFocused()
  await page.keyboard.press('Control+End')
  const last = row(page, PLACE_TOTAL - 1)
  await expect(last.getByRole('button', { name: /note/i })).toBeFocused()
  await expect(cell(last, 'name')).toHaveText(places.toSorted(byName).at(-1)?.name ?? '')
  await page.keyboard.press('PageUp')
  await expect(last.getByRole('button', { name: /note/i })).not.toBeFocused()
  await page.keyboard.press('Control+Home')
  await expect(row(page, 0).getByRole('button', { name: 'Favourite' })).toBeFocused()
  expect(await page.locator('table [tabindex="0"]').count()).toBe(1)
})
