import { expect } from 'playwright/test'
import type { Locator, Page } from 'playwright/test'
import { expectNoOverflow } from './demo-page.ts'
import { test as base } from './demo-test.ts'

const FRAMEWORKS = ['react', 'vue', 'svelte', 'angular'] as const

/** The page with a pane for each framework, in the profile that has all places. */
const test = base.extend<{ readonly panes: Page }>({
  panes: async ({ visitor: page }, use) => {
    await page.goto('/frameworks/')
    for (const framework of FRAMEWORKS) await expect(places(page, framework)).toHaveCount(6)
    await use(page)
  },
})

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
  test(`${framework} says that a change was not kept, and shows what was typed until it is`, async ({
    panes: page,
  }) => {
    const note = notes(page, framework).nth(3)
    await note.fill('Kept')
    const repair = await breakStorage(page)

    await note.fill('Half a sentence')
    await note.press('Tab')
    await expect(place(page, framework, 3).getByRole('alert')).toContainText(
      'Not saved. The storage of this origin is full.',
    )
    await expect(note).toHaveValue('Half a sentence')
    await place(page, framework, 4).getByRole('button').click()
    await expect(place(page, framework, 4).getByRole('alert')).toContainText(
      'Not saved. The storage of this origin is full.',
    )
    await expect(place(page, framework, 4)).toHaveAttribute('data-favourite', '0')
    for (const other of FRAMEWORKS) await expect(place(page, other, 3)).toHaveAttribute('data-note', 'Kept')

    await repair()
    await note.press('End')
    await note.press('!')
    await expect(notes(page, 'react').nth(3)).toHaveValue('Half a sentence!')
    await expect(place(page, framework, 3).getByRole('alert')).toBeHidden()
    await note.fill('')
  })

  test(`a note of ${framework} that is still being written is shown when the focus has left`, async ({
    panes: page,
  }) => {
    const note = notes(page, framework).nth(3)
    await note.fill('Before')
    await expect(place(page, framework, 3)).toHaveAttribute('data-note', 'Before')
    const release = await holdMessages(page)

    await note.fill('After')
    await note.blur()
    expect(await note.inputValue()).toBe('After')
    await expect(place(page, framework, 3)).toHaveAttribute('data-note', 'Before')

    await release()
    await expect(place(page, framework, 3)).toHaveAttribute('data-note', 'After')
    const other = notes(page, framework === 'react' ? 'vue' : 'react').nth(3)
    await other.fill('Elsewhere')
    await expect(note).toHaveValue('Elsewhere')
    await note.fill('')
  })

  test(`a note that is emptied in ${framework} stays where it is while one writes`, async ({
    panes: page,
  }) => {
    await notes(page, framework).nth(3).fill('First')
    for (const other of FRAMEWORKS) await search(page, other).fill('')
    for (const other of FRAMEWORKS) await expect(places(page, other)).toHaveCount(1)
    const note = notes(page, framework).first()

    await note.press('ControlOrMeta+A')
    await note.press('Backspace')
    const others = FRAMEWORKS.filter((name) => name !== framework)
    for (const other of others) await expect(places(page, other)).toHaveCount(0)
    await expect(note).toBeFocused()
    await page.keyboard.type('Second')
    for (const other of others) await expect(notes(page, other).first()).toHaveValue('Second')

    await note.fill('')
    await note.press('Shift+Tab')
    await expect(place(page, framework, 0).getByRole('button')).toBeFocused()
    await page.keyboard.press('Shift+Tab')
    await expect(places(page, framework)).toHaveCount(0)
    await expect(page.getByText('write the first note')).toHaveCount(4)
  })

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
  await page.setViewportSize(SIZES.phone)
  const foot = page.locator('.page-foot')
  await search(page, 'react').focus()
  for (let index = 0; index < 40; index += 1) {
    await page.keyboard.press('Tab')
    const focus = await page.locator(':focus').boundingBox()
    const line = await foot.boundingBox()
    expect((focus?.y ?? 0) + (focus?.height ?? 0)).toBeLessThanOrEqual(line?.y ?? 0)
  }
})

test('every pane says that the database is open in another tab', async ({ panes: page }) => {
  const second = await page.context().newPage()
  await second.goto('/frameworks/')

  for (const name of ['React', 'Vue', 'Svelte', 'Angular']) {
    await expect(second.getByRole('region', { name }).getByRole('alert')).toContainText(
      'Close it there, then reload this page.',
    )
  }
  await expect(places(page, 'react')).toHaveCount(6)
  await second.close()
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

const SIZES = {
  desktop: { width: 1440, height: 900 },
  tablet: { width: 820, height: 1180 },
  phone: { width: 390, height: 844 },
} as const

for (const [device, size] of Object.entries(SIZES)) {
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

function places(page: Page, framework: string): Locator {
  return page.locator(`[data-framework="${framework}"] .place`)
}

function notes(page: Page, framework: string): Locator {
  return page.locator(`[data-framework="${framework}"] .place-note`)
}

function place(page: Page, framework: string, index: number): Locator {
  return places(page, framework).nth(index)
}

function search(page: Page, framework: string): Locator {
  return page.locator(`[data-framework="${framework}"]`).getByRole('textbox', { name: 'Search places' })
}

interface Storage {
  write: () => number
}

/** From now on the storage is full, until the function that it returns is called. */
async function breakStorage(page: Page): Promise<() => Promise<void>> {
  const worker = page.workers()[0]
  const broken = await worker?.evaluateHandle(() => {
    const { prototype } = Reflect.get(globalThis, 'FileSystemSyncAccessHandle') as { prototype: Storage }
    const { write } = prototype
    prototype.write = () => {
      throw new DOMException('The disk is full.', 'QuotaExceededError')
    }
    return { prototype, write }
  })
  return async () =>
    broken?.evaluate(({ prototype, write }) => {
      prototype.write = write
    })
}

/** From now on the engine is told nothing, until the function that this returns is called: then all of it. */
async function holdMessages(page: Page): Promise<() => Promise<void>> {
  const held = await page.evaluateHandle(() => {
    const { prototype } = Worker
    const post = Reflect.get(prototype, 'postMessage')
    const calls: (() => void)[] = []
    prototype.postMessage = function (this: Worker, ...message: unknown[]) {
      calls.push(() => void Reflect.apply(post, this, message))
    }
    return { prototype, post, calls }
  })
  return () =>
    held.evaluate(({ prototype, post, calls }) => {
      prototype.postMessage = post
      for (const call of calls) call()
    })
}

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

async function renderings(page: Page): Promise<readonly number[]> {
  return Promise.all(
    FRAMEWORKS.map(async (name) =>
      Number(await page.locator(`[data-framework="${name}"] .pane-renderings`).textContent()),
    ),
  )
}

/**
 * Notes at the end of each frame what every pane shows of a place. A resize is told of after all else
 * in a frame, what is done in `requestAnimationFrame` included, and before it is painted.
 */
async function sampleFrames(page: Page, rowSelector: string): Promise<void> {
  await page.evaluate((selector) => {
    const frames: (string | null)[][] = []
    Object.assign(globalThis, { frames })
    const probe = document.body.appendChild(document.createElement('div'))
    probe.style.cssText = 'position: fixed; visibility: hidden; height: 0; width: 0'
    new ResizeObserver(() => {
      const rows = document.querySelectorAll(`[data-framework] ${selector}`)
      frames.push(Array.from(rows, (row) => row.getAttribute('data-note')))
    }).observe(probe)
    const resize = (): void => {
      probe.style.width = probe.style.width === '1px' ? '0' : '1px'
      requestAnimationFrame(resize)
    }
    resize()
  }, rowSelector)
}

async function sampledFrames(page: Page): Promise<readonly (readonly (string | null)[])[]> {
  return page.evaluate(
    () => (globalThis as unknown as { frames: readonly (readonly (string | null)[])[] }).frames,
  )
}
