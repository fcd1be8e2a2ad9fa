import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import type { BenchBrowser } from '../bench-browser.ts'
import { inContenderPage, inEmptyPage } from './contender-page.ts'

const DIST = join(import.meta.dirname, '../../dist')

/**
 * Kilobytes of what a page asks the server for until it has its first row, as a server would compress it. What a page
 * without any contender asks for is left out. The profile must be new: nothing may come from its cache.
 */
export async function measureDownload(browser: BenchBrowser, contender: string): Promise<number> {
  await inEmptyPage(browser, async () => undefined)
  const before = new Set(browser.requested)
  await inContenderPage(browser, contender, (_, perform) => perform('startNew', -1))
  const files = [...browser.requested].filter((path) => !before.has(path) && /\.(m?js|wasm|data)$/.test(path))
  const sizes = await Promise.all(files.map(compressedSize))
  return sizes.reduce((sum, size) => sum + size, 0) / 1000
}

/** Of what was built, which stays as it is while this runs. */
const known = new Map<string, Promise<number>>()

function compressedSize(path: string): Promise<number> {
  const size = known.get(path) ?? compress(path)
  known.set(path, size)
  return size
}

async function compress(path: string): Promise<number> {
  const bytes = await readFile(join(DIST, path))
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  return (await promisify(brotliCompress)(bytes, { params })).length
}
