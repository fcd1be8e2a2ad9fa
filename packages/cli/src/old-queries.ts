import { isBelowFloor } from './browser-floor.ts'

/** Sections of a configuration that no visitor gets to see. */
const AT_HOME = ['development', 'test']

const VERSIONS = /^(\w+)\s*(>=|>|<=|<)?\s*(\d+(?:\.\d+)*|all)(?:\s*-\s*\d+(?:\.\d+)*)?$/

/**
 * Which queries of browserslist name versions that are too old. What stands for others, such as `last 2 versions`, cannot
 * be told without the data of all browsers, and is passed over.
 */
export function oldQueries(browserslist: unknown): readonly string[] {
  if (typeof browserslist === 'string') return browserslist.split(/,|\bor\b/).flatMap(oldQuery)
  if (Array.isArray(browserslist)) return browserslist.flatMap(oldQueries)
  if (typeof browserslist !== 'object' || browserslist === null) return []
  return Object.entries(browserslist).flatMap(([section, queries]) =>
    AT_HOME.includes(section) ? [] : oldQueries(queries),
  )
}

/** A file of it as the value that stands for it in package.json. */
export function readBrowserslistFile(text: string): Readonly<Record<string, readonly string[]>> {
  const sections: Record<string, string[]> = {}
  let names: readonly string[] = ['defaults']
  for (const line of text.split('\n').map((each) => each.replace(/#.*$/, '').trim())) {
    const [, heading] = /^\[(.*)\]$/.exec(line) ?? []
    if (heading !== undefined) names = heading.trim().split(/\s+/)
    else if (line !== '') for (const name of names) (sections[name] ??= []).push(line)
  }
  return sections
}

function oldQuery(query: string): readonly string[] {
  const text = query.trim().toLowerCase()
  const [first = ''] = text.split(/\s+and\s+/)
  // What is below a version goes down to the first; `not` begins no match.
  const [, browser = '', comparison = '', version = ''] = VERSIONS.exec(first) ?? []
  const lowest = comparison.startsWith('<') ? 0 : Number.parseFloat(version)
  return isBelowFloor(browser, lowest) ? [text] : []
}
