import { join } from 'node:path'
import { defineConfig } from 'vitepress'
import { apiSidebar } from '../build/api-sidebar.ts'
import { guideSidebar } from '../build/guide-sidebar.ts'
import { repositoryLinks } from '../build/repository-links.ts'
import { resolveFromSite } from '../build/resolve-from-site.ts'

const DOCS = join(import.meta.dirname, '../../../docs')
const guide = guideSidebar(DOCS)

export default defineConfig({
  title: 'DataSync',
  description: 'SQLite in the browser that components can subscribe to.',
  lang: 'en-GB',
  srcDir: DOCS,
  cleanUrls: true,
  // Folders of the repository are read there by their README.
  rewrites: { 'errors/README.md': 'errors/index.md' },
  head: [
    ['link', { rel: 'icon', type: 'image/svg+xml', href: '/logo.svg' }],
    ['meta', { name: 'theme-color', content: '#b8400e' }],
  ],
  vite: { plugins: [resolveFromSite(DOCS)] },
  markdown: {
    config: (markdown) => {
      markdown.use(repositoryLinks)
    },
  },
  themeConfig: {
    logo: '/logo.svg',
    search: { provider: 'local' },
    outline: { level: [2, 3] },
    externalLinkIcon: true,
    nav: [
      {
        text: 'Tutorials',
        activeMatch: '^/tutorials/',
        items: ['React', 'Vue', 'Svelte', 'Angular'].map((text) => ({
          text,
          link: `/tutorials/${text.toLowerCase()}`,
        })),
      },
      { text: 'Guide', link: '/guide/engine', activeMatch: '^/guide/' },
      { text: 'API', link: '/api/', activeMatch: '^/api/' },
      { text: 'Errors', link: '/errors/', activeMatch: '^/errors/' },
      { text: 'Architecture', link: '/architecture' },
    ],
    sidebar: { '/api/': apiSidebar(DOCS), '/': guide },
    footer: { message: 'MIT OR Apache-2.0' },
  },
})
