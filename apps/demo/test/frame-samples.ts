import type { Page } from 'playwright/test'

/**
 * Notes at the end of each frame what every pane shows of a place. A resize is told of after all else
 * in a frame, what is done in `requestAnimationFrame` included, and before it is painted.
 */
export async function sampleFrames(page: Page, rowSelector: string): Promise<void> {
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

export async function sampledFrames(page: Page): Promise<readonly (readonly (string | null)[])[]> {
  return page.evaluate(
    () => (globalThis as unknown as { frames: readonly (readonly (string | null)[])[] }).frames,
  )
}
