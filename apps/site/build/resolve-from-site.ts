import { join } from 'node:path'
import type { Plugin } from 'vite'

const SITE = join(import.meta.dirname, '../index.html')

/** Pages are compiled where they lie. What they are compiled to imports Vue, which is installed here alone. */
export function resolveFromSite(docs: string): Plugin {
  return {
    name: 'resolve-from-site',
    enforce: 'pre',
    resolveId(source, importer, options) {
      if (!/^vue(\/|$)/.test(source) || importer?.startsWith(docs) !== true) return null
      return this.resolve(source, SITE, { ...options, skipSelf: true })
    },
  }
}
