import { globSync } from 'node:fs'
import { join } from 'node:path'
import type { DefaultTheme } from 'vitepress'
import { pageTitle } from './page-title.ts'

/** A part of the sidebar, and the pages that belong there, in this order. A page belongs to the first that names it. */
interface Group {
  readonly text: string
  readonly pages: readonly string[]
  readonly collapsed?: boolean
}

const GROUPS: readonly Group[] = [
  {
    text: 'In five minutes',
    pages: ['tutorials/react', 'tutorials/vue', 'tutorials/svelte', 'tutorials/angular', 'tutorials/*'],
  },
  {
    text: 'In components',
    pages: ['guide/live-queries', 'guide/react', 'guide/vue', 'guide/svelte', 'guide/angular'],
  },
  {
    text: 'The database',
    pages: ['guide/engine', 'guide/storage', 'guide/durability', 'guide/tabs', 'guide/performance'],
  },
  { text: 'Moving here', pages: ['guide/migrate-from-*'] },
  { text: 'Shipping it', pages: ['guide/bundlers', 'guide/server-rendering', 'guide/*'] },
  { text: 'Behind it', pages: ['architecture', 'benchmarks', 'contributing'] },
  { text: 'Errors', pages: ['errors/README', 'errors/*'], collapsed: true },
]

/** The sidebar of all pages but the reference, from the files that are there. */
export function guideSidebar(docs: string): DefaultTheme.SidebarItem[] {
  const seen = new Set<string>()
  // What a group names comes before what another one only matches.
  const named = new Set(GROUPS.flatMap(({ pages }) => pages.filter((page) => !page.includes('*'))))
  return GROUPS.map(({ text, pages, collapsed }) => {
    const items = pages
      .flatMap((pattern) => globSync(`${pattern}.md`, { cwd: docs }).toSorted().map(withoutExtension))
      .filter((page) => (pages.includes(page) || !named.has(page)) && !seen.has(page))
    for (const page of items) seen.add(page)
    return {
      text,
      ...(collapsed === undefined ? {} : { collapsed }),
      items: [...new Set(items)].map((page) => ({
        text: pageTitle(join(docs, `${page}.md`)),
        link: `/${page.replace(/README$/, '')}`,
      })),
    }
  }).filter(({ items }) => items.length > 0)
}

function withoutExtension(file: string): string {
  return file.replaceAll('\\', '/').replace(/\.md$/, '')
}
