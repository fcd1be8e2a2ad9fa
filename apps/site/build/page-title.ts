import { readFileSync } from 'node:fs'

const TITLE = /^(?:title: |# )(.+)$/m

/** The title that a page gives itself: by its front matter, or by its first heading. */
export function pageTitle(path: string): string {
  const title = TITLE.exec(readFileSync(path, 'utf8'))?.[1]
  if (title === undefined) throw new Error(`${path} has no title: begin it with a heading.`)
  return title.replaceAll('`', '')
}
