import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'playwright/test'
import type { Page, TestInfo } from 'playwright/test'

const FOLDER = join(import.meta.dirname, '../../../docs/public/screenshots')
const MOST_BYTES = 150_000
const FEWEST_COLOURS = 64

interface Picture {
  readonly width: number
  readonly height: number
  readonly colours: number
}

/**
 * Takes a picture that README and the documentation show. What is published is not compared by its pixels, which differ by
 * machine: it can still be made, is as large, and shows something. `pnpm run screenshots` publishes it anew.
 */
export async function expectPublished(page: Page, testInfo: TestInfo, name: string): Promise<void> {
  const path = join(FOLDER, `${name}.png`)
  const taken = await page.screenshot({ animations: 'disabled', caret: 'hide' })
  if (testInfo.config.updateSnapshots === 'all') await writeFile(path, taken)
  const published = await readFile(path)
  expect(published.length, `the bytes of ${name}.png`).toBeLessThan(MOST_BYTES)

  const [now, then] = [await look(page, taken), await look(page, published)]
  expect([now.width, now.height]).toEqual([then.width, then.height])
  expect(Math.min(now.colours, then.colours)).toBeGreaterThan(FEWEST_COLOURS)
}

/** The browser reads the picture, as it does for its readers. */
async function look(page: Page, png: Buffer): Promise<Picture> {
  return page.evaluate(async (base64) => {
    const image = new Image()
    image.src = `data:image/png;base64,${base64}`
    await image.decode()
    const { naturalWidth: width, naturalHeight: height } = image
    const context = new OffscreenCanvas(width, height).getContext('2d')
    context?.drawImage(image, 0, 0)
    const pixels = new Uint32Array(
      context?.getImageData(0, 0, width, height).data.buffer ?? new ArrayBuffer(),
    )
    return { width, height, colours: new Set(pixels).size }
  }, png.toString('base64'))
}
