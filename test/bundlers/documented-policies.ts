import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './run-program.ts'

/** The policies of the guide, in its order. What it promises is what the tests serve. */
const [everywhere = '', page = '', worker = '', importMap = ''] = readPolicies()

export const DOCUMENTED_POLICIES = { everywhere, page, worker }

/** The strictest for what is in a folder: with the hash of the import map in its page, if there is one. */
export function strictestPolicy(folder: string): string {
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  const [, map] = /<script type="?importmap"?>(.*?)<\/script>/s.exec(html) ?? []
  if (map === undefined) return everywhere
  return importMap.replace('…', createHash('sha256').update(map).digest('base64'))
}

function readPolicies(): readonly string[] {
  const guide = readFileSync(join(ROOT, 'docs/guide/content-security-policy.md'), 'utf8')
  const policies = [...guide.matchAll(/^Content-Security-Policy: (.+)$/gm)].map(([, policy = '']) => policy)
  if (policies.length !== 4) throw new Error(`The guide has ${policies.length} policies, not four.`)
  return policies
}
