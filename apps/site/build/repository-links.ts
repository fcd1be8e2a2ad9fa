import { posix } from 'node:path'
import type { MarkdownRenderer } from 'vitepress'

/** Where the site has what lies outside of `docs`, by its path in the repository. */
const PAGES: Readonly<Record<string, string>> = {
  'README.md': '/',
  'ARCHITECTURE.md': '/architecture',
  'CONTRIBUTING.md': '/contributing',
  'docs/errors': '/errors/',
}

/** The apps in `examples/` are projects to copy, of which the site has no pages. */
const EXAMPLE = /^(?:\.\.\/)+examples(?:\/|$)/

interface Environment {
  readonly relativePath: string
  readonly frontmatter?: { readonly source?: string }
}

/**
 * Links are written for readers of the repository. Here they lead to the pages of the site. A page that shows a
 * file from outside of `docs` names it as its `source`, from where its links are meant.
 */
export function repositoryLinks(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('repository-links', ({ tokens, env }) => {
    let isInRepositoryOnly = false
    for (const token of tokens.flatMap((block) => block.children ?? [])) {
      const href = token.attrGet('href')
      if (token.type === 'link_open') isInRepositoryOnly = href !== null && EXAMPLE.test(href)
      if (isInRepositoryOnly && /^link_(?:open|close)$/.test(token.type)) unlink(token)
      else if (href !== null && !/^(\w+:|#|\/)/.test(href))
        token.attrSet('href', pageOf(href, env as Environment))
    }
  })
}

function unlink(token: { tag: string; attrs: unknown }): void {
  token.tag = 'span'
  token.attrs = null
}

function pageOf(href: string, { relativePath, frontmatter }: Environment): string {
  const [path = '', anchor] = href.split('#')
  const source = frontmatter?.source ?? `docs/${relativePath}`
  const target = posix.join(posix.dirname(source), decodeURI(path)).replace(/\/$/, '')
  const page = PAGES[target] ?? packagePage(target) ?? docsPage(target)
  return anchor === undefined ? page : `${page}#${anchor}`
}

function packagePage(target: string): string | undefined {
  const name = /^packages\/(\w+)$/.exec(target)?.[1]
  return name === undefined ? undefined : `/api/@datasync/${name}/`
}

/** What is not in `docs` stays as it is, and fails the build as a dead link. */
function docsPage(target: string): string {
  return `/${target
    .replace(/^docs\//, '')
    .replace(/(README|index)\.md$/, '')
    .replace(/\.md$/, '')}`
}
