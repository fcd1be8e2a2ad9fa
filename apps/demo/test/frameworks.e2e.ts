import { expect } from 'playwright/test'
import { DEVICES } from './demo-page.ts'
import { sampledFrames, sampleFrames } from './frame-samples.ts'
import { FRAMEWORKS, notes, place, places, renderings, search, test } from './frameworks-page.ts'

for (const framework of FRAMEWORKS) {
  test(`what is typed in ${framework} is in every pane in the same frame`, async ({ panes: page }) => {
    const id = await places(page, 'react').first().getAttribute('data-place')
    await sampleFrames(page, `[data-place="${id}"]`)
    const note = page.locator(`[data-framework="${framework}"] [data-place="${id}"] .place-note`)

    const written = 'By the harbour'
    await note.fill('')
    for (const [index, letter] of Array.from(written).entries()) {
      await note.press(letter)
      const shown = written.slice(0, index + 1).trim()
      for (const other of FRAMEWORKS) {
        await expect(places(page, other).first()).toHaveAttribute('data-note', shown)
      }
    }
    await expect(page.getByText(/On screen after: .* in one frame/)).toBeVisible()

    const frames = await sampledFrames(page)
    expect(new Set(frames.map(([shown]) => shown)).size).toBeGreaterThan(10)
    expect(frames.filter((shown) => new Set(shown).size > 1)).toEqual([])
    await note.fill('')
  })
}

test('a change renders every pane once', async ({ panes: page }) => {
  const before = await renderings(page)

  await places(page, 'vue').nth(2).getByRole('button').click()
  for (const framework of FRAMEWORKS) {
    await expect(places(page, framework).nth(2)).toHaveAttribute('data-favourite', '1')
  }
  expect(await renderings(page)).toEqual(before.map((count) => count + 1))

  await places(page, 'angular').nth(2).getByRole('button').click()
  for (const framework of FRAMEWORKS) {
    await expect(places(page, framework).nth(2)).toHaveAttribute('data-favourite', '0')
  }
  expect(await renderings(page)).toEqual(before.map((count) => count + 2))
})

test('each pane has a search of its own, and all find the same', async ({ panes: page }) => {
  for (const framework of FRAMEWORKS) {
    const pane = page.locator(`[data-framework="${framework}"]`)
    await search(page, framework).fill('')
    await expect(pane.getByText('write the first note', { exact: false })).toBeVisible()
    await page.keyboard.type('oslo')
    await expect(search(page, framework)).toHaveValue('oslo')
    await expect(pane.locator('.place-name').first()).toHaveText('Oslo')
  }
  const found = await Promise.all(
    FRAMEWORKS.map((name) => page.locator(`[data-framework="${name}"] .pane-list`).innerText()),
  )
  expect(new Set(found).size).toBe(1)

  const pane = page.locator('[data-framework="svelte"]')
  await pane.getByRole('textbox', { name: 'Search places' }).fill('there is no such place')
  await expect(pane.getByText('No place is called that.')).toBeVisible()
})

test('notes are there after a reload, and on the page of the gazetteer', async ({ panes: page }) => {
  const note = notes(page, 'svelte').nth(1)
  await note.fill('Kept')
  await expect(notes(page, 'angular').nth(1)).toHaveValue('Kept')

  await page.reload()
  for (const framework of FRAMEWORKS) await expect(notes(page, framework).nth(1)).toHaveValue('Kept')

  await page.getByRole('link', { name: 'Gazetteer' }).click()
  await page.getByRole('radio', { name: 'With notes' }).check()
  await expect(page.getByText('Kept')).toBeVisible()
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('link', { name: 'Four frameworks, one database' }).click()
  await notes(page, 'react').nth(1).fill('')
  await expect(notes(page, 'vue').nth(1)).toHaveValue('')
})

for (const framework of FRAMEWORKS) {
  test(`${framework} searches for what an input method has composed so far`, async ({ panes: page }) => {
    await search(page, framework).fill('')
    const keyboard = await page.context().newCDPSession(page)

    await keyboard.send('Input.imeSetComposition', { text: 'osl', selectionStart: 3, selectionEnd: 3 })

    await expect(places(page, framework).first().locator('.place-name')).toHaveText(/^Osl/)
    await keyboard.send('Input.imeSetComposition', { text: 'oslo', selectionStart: 4, selectionEnd: 4 })
    await keyboard.send('Input.insertText', { text: 'oslo' })
    await expect(search(page, framework)).toHaveValue('oslo')
    await expect(places(page, framework).first().locator('.place-name')).toHaveText('Oslo')
  })
}

test('the panes are the same elements, each in a region with the name of its framework', async ({
  panes: page,
}) => {
  await notes(page, 'vue').nth(3).fill('Kept')
  await place(page, 'vue', 2).getByRole('button').click()
  for (const framework of FRAMEWORKS) {
    await expect(place(page, framework, 2)).toHaveAttribute('data-favourite', '1')
  }

  const panes = await Promise.all(
    ['React', 'Vue', 'Svelte', 'Angular'].map((name) =>
      page.getByRole('region', { name }).locator('.pane-body').evaluate(describeElements),
    ),
  )
  expect(panes[0]).toContain('li.place')
  for (const pane of panes) expect(pane).toBe(panes[0])

  await place(page, 'vue', 2).getByRole('button').click()
  await notes(page, 'vue').nth(3).fill('')
})

test('nothing but the import is announced, and nothing runs once a change was timed', async ({
  panes: page,
}) => {
  await expect(page.getByRole('status')).toHaveText(['171,075 places in one file'])
  await place(page, 'vue', 2).getByRole('button').click()
  await place(page, 'vue', 2).getByRole('button').click()
  await expect(page.getByText(/On screen after: .* in one frame/)).toBeVisible()
  await notes(page, 'svelte').first().click()

  await expect(page.locator('body > :not(.page, template, script)')).toHaveCount(0)
  await expect(page.getByText(/On screen after: React .* Vue .* Svelte .* Angular/)).toBeVisible()
})

test('what has the focus is never under the foot of the page', async ({ panes: page }) => {
  await page.setViewportSize(DEVICES.phone)
  const foot = page.locator('.page-foot')
  await search(page, 'react').focus()
  for (let index = 0; index < 40; index += 1) {
    await page.keyboard.press('Tab')
    const focus = await page.locator(':focus').boundingBox()
    const line = await foot.boundingBox()
    expect((focus?.y ?? 0) + (focus?.height ?? 0)).toBeLessThanOrEqual(line?.y ?? 0)
  }
})

/** Element names, classes and what is told of them, without what each framework adds for itself. */
function describeElements(root: Element): string {
  const described = (element: Element): string => {
    const told = element
      .getAttributeNames()
      .filter((name) =>
        /^(aria-|data-(place|note|favourite)|type|placeholder|maxlength|spellcheck|role)/.test(name),
      )
      .toSorted()
      .map((name) => `${name}=${element.getAttribute(name)}`)
    const classes = Array.from(element.classList, (name) => `.${name}`).join('')
    const children = Array.from(element.children, described).join('')
    return `<${element.localName}${classes} ${told.join(' ')}>${children || element.textContent}</>`
  }
  return Array.from(root.children, described).join('\n')
}
