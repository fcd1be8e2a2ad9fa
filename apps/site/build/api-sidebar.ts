import { existsSync, globSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { DefaultTheme } from 'vitepress'

const PACKAGES = ['engine', 'engine/testing', 'react', 'vue', 'svelte', 'angular'] as const

/** What people look for comes first. The names are those of the folders that TypeDoc writes. */
const KINDS = {
  functions: 'Functions',
  classes: 'Classes',
  variables: 'Values',
  interfaces: 'Interfaces',
  'type-aliases': 'Types',
} as const

/** The sidebar of the reference, from the pages that `generate-api` wrote. */
export function apiSidebar(docs: string): DefaultTheme.SidebarItem[] {
  return PACKAGES.map((name) => {
    const folder = `api/@datasync/${name}`
    const kinds = Object.entries(KINDS).filter(([kind]) => existsSync(join(docs, folder, kind)))
    return {
      text: `@datasync/${name}`,
      link: `/${folder}/`,
      collapsed: name !== 'engine',
      items: kinds.map(([kind, text]) => ({
        text,
        collapsed: kind !== 'functions',
        items: pagesIn(docs, `${folder}/${kind}`),
      })),
    }
  })
}

function pagesIn(docs: string, folder: string): DefaultTheme.SidebarItem[] {
  return globSync('*.md', { cwd: join(docs, folder) })
    .map((file) => basename(file, '.md'))
    .toSorted((a, b) => a.localeCompare(b, 'en'))
    .map((name) => ({ text: name, link: `/${folder}/${name}` }))
}
