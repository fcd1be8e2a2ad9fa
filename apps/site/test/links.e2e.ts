import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { builtPages, type BuiltPage } from './built-pages.ts'

const PUBLIC = join(import.meta.dirname, '../../../docs/public')
const pages = builtPages()

test('every link within the site leads to a page, and to a place on it', () => {
  const broken = [...pages.values()].flatMap((page) =>
    page.links.filter((link) => !leadsSomewhere(link, page)).map((link) => `${page.address} has ${link}`),
  )
  expect(broken).toEqual([])
  expect(pages.size).toBeGreaterThan(200)
})

test('every page can be reached from the first one', () => {
  const reached = new Set(['/'])
  // A set visits what is added on the way, too.
  for (const address of reached) {
    for (const link of pages.get(address)?.links ?? []) {
      const target = new URL(link, `http://site${address}`)
      if (target.host === 'site' && pages.has(target.pathname)) reached.add(target.pathname)
    }
  }
  expect([...pages.keys()].filter((address) => !reached.has(address))).toEqual([])
})

function leadsSomewhere(link: string, from: BuiltPage): boolean {
  const target = new URL(link, `http://site${from.address}`)
  if (target.host !== 'site') return true
  const page = pages.get(target.pathname)
  if (page === undefined) return existsSync(join(PUBLIC, target.pathname))
  return target.hash === '' || page.anchors.has(decodeURIComponent(target.hash.slice(1)))
}
