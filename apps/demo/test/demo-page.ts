import { expect } from 'playwright/test'
import type { Locator, Page } from 'playwright/test'

/** The windows that the demo is looked at in. */
export const DEVICES = {
  desktop: { width: 1440, height: 900 },
  tablet: { width: 820, height: 1180 },
  phone: { width: 390, height: 844 },
} as const

export const PLACE_TOTAL = 171_075

/** Of a slow machine that imports all places. */
const IMPORT_TIMEOUT_MS = 90_000

export async function expectImported(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeHidden({ timeout: IMPORT_TIMEOUT_MS })
  await expect(scope(page, 'All places')).toHaveAccessibleName('All places 171,075', {
    timeout: IMPORT_TIMEOUT_MS,
  })
  await expect(progressBar(page)).toBeHidden()
}

/** One of the choices "All places", "Favourites" and "With notes": its name ends with its count. */
export function scope(page: Page, title: string): Locator {
  return page.getByRole('group', { name: 'Show' }).getByRole('radio', { name: title })
}

export function progressBar(page: Page): Locator {
  return page.getByRole('progressbar')
}

export function searchBox(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Search places and regions' })
}

/** How many places are in view, and where. */
export function summary(page: Page): Locator {
  return page.getByRole('region', { name: 'Summary' }).getByRole('status')
}

/** A row by its index in the whole table, from 0. */
export function row(page: Page, index: number): Locator {
  return page.locator(`[aria-rowindex="${index + 2}"]`)
}

export function cell(tableRow: Locator, column: string): Locator {
  return tableRow.locator(`[data-column="${column}"]`)
}

/** The names of the rows that can be seen, from the top down. */
export async function visibleNames(page: Page): Promise<readonly string[]> {
  const rows = await visibleRows(page)
  return rows.map(({ name }) => name)
}

export interface VisibleRow {
  readonly index: number
  readonly name: string
  readonly top: number
  readonly bottom: number
}

/** The rows that lie wholly in sight, from the top down, with where they are. */
export async function visibleRows(page: Page): Promise<readonly VisibleRow[]> {
  return page.getByRole('grid').evaluate((grid) => {
    const scroller = grid.parentElement ?? grid
    const view = scroller.getBoundingClientRect()
    const head = grid.querySelector('thead')?.getBoundingClientRect()
    const start = Math.max(view.top, head?.bottom ?? 0)
    return Array.from(grid.querySelectorAll('tbody tr'), (element) => {
      const { top, bottom } = element.getBoundingClientRect()
      const name = element.querySelector('[data-column="name"]')?.textContent ?? ''
      return { index: Number(element.getAttribute('aria-rowindex')) - 2, name, top, bottom }
    })
      .filter(({ top, bottom }) => top >= start - 0.5 && bottom <= view.bottom + 0.5)
      .toSorted((first, second) => first.top - second.top)
  })
}

/** Scrolls so that a row is in the middle, however far it is from those rendered now. */
export async function scrollToRow(page: Page, index: number): Promise<void> {
  await page.getByRole('grid').evaluate((grid, target) => {
    const scroller = grid.parentElement ?? grid
    const height = grid.querySelector('tbody tr')?.getBoundingClientRect().height ?? 0
    const top = grid.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop
    scroller.scrollTop = top + target * height - scroller.clientHeight / 2
  }, index)
}

/** Tells a page what a newer version of it says that has come to host the database. */
export async function becomeOutdated(page: Page): Promise<void> {
  await page.evaluate(() => {
    const channel = new BroadcastChannel('datasync:gazetteer')
    const protocol = Number.MAX_SAFE_INTEGER
    channel.postMessage({ kind: 'hosting', epoch: 'newer', protocol, migrations: 0 })
    channel.close()
  })
}

/** Nothing on the page is wider than there is room for it. */
export async function expectNoOverflow(page: Page): Promise<void> {
  const wide = await page.evaluate(() =>
    Array.from(document.querySelectorAll('html, body, main, header, footer, section, nav, div'))
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 1 && scrollWidth > clientWidth + 1)
      .map(({ className, scrollWidth, clientWidth }) => `${className}: ${scrollWidth} > ${clientWidth}`),
  )
  expect(wide).toEqual([])
}

/** Both the old world and the new have dots in them. */
export async function expectMapDrawn(page: Page): Promise<void> {
  const isDrawn = async (): Promise<boolean> =>
    page.locator('canvas').evaluate((canvas) => {
      if (!(canvas instanceof HTMLCanvasElement) || canvas.width === 0) return false
      const { width, height } = canvas
      const count = (left: number): number => {
        const { data } = canvas.getContext('2d')?.getImageData(left, 0, width >> 1, height) ?? { data: [] }
        return Array.from(data).filter((value, index) => index % 4 === 3 && value > 0).length
      }
      return [0, width >> 1].every((left) => count(left) > width)
    })
  await expect.poll(isDrawn).toBe(true)
}
