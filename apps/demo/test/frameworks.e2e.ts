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
    await pane.getByRole('textbox', { name: 'Search places' }).fill('oslo')
    await expect(pane.locator('.place-name').first()).toHaveText('Oslo')
    await expect(pane.getByText('Write the first note', { exact: false })).toBeHidden()
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
async function sampleFrames(page: Page, place: string): Promise<void> {
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
  }, place)
}

async function sampledFrames(page: Page): Promise<readonly (readonly (string | null)[])[]> {
  return page.evaluate(
    () => (globalThis as unknown as { frames: readonly (readonly (string | null)[])[] }).frames,
  )
}
