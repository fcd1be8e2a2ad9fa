import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const BUILT = join(import.meta.dirname, '../.vitepress/dist')

/** A page as it was built: its address, where its links lead, and what of it has a name to lead to. */
export interface BuiltPage {
  readonly address: string
  readonly links: readonly string[]
  readonly anchors: ReadonlySet<string>
}

/** Every page of the site, by its address. */
export function builtPages(): ReadonlyMap<string, BuiltPage> {
  const pages = globSync('**/*.html', { cwd: BUILT, exclude: ['404.html'] }).map(readPage)
  return new Map(pages.map((page) => [page.address, page]))
}

function readPage(file: string): BuiltPage {
  const html = readFileSync(join(BUILT, file), 'utf8')
  const address = `/${file.replace(/(index)?\.html$/, '')}`
  return {
    address,
    links: [...html.matchAll(/<a\b[^>]*? href="([^"]*)"/g)].map(([, href = '']) => href),
    anchors: new Set([...html.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id)),
  }
}
