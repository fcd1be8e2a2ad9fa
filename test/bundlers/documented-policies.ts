import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './run-program.ts'

/** The policies of the guide, in its order. What it promises is what the tests serve. */
const [everywhere = '', page = '', worker = '', importMap = ''] = readPolicies()

export const DOCUMENTED_POLICIES = { everywhere, page, worker, importMap }

function readPolicies(): readonly string[] {
  const guide = readFileSync(join(ROOT, 'docs/guide/content-security-policy.md'), 'utf8')
  const policies = [...guide.matchAll(/^Content-Security-Policy: (.+)$/gm)].map(([, policy = '']) => policy)
  if (policies.length !== 4) throw new Error(`The guide has ${policies.length} policies, not four.`)
  return policies
}
