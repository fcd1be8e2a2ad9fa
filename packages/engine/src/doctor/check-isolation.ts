import type { DatabaseSettings } from '../database/database-options.ts'
import type { DataSyncError } from '../errors.ts'
import { type DoctorFinding, toFinding } from './finding.ts'
import { within } from './within.ts'

/** Milliseconds. */
const PATIENCE = 2000

const ISOLATING = {
  'Cross-Origin-Opener-Policy': /^same-origin$/,
  'Cross-Origin-Embedder-Policy': /^(?:require-corp|credentialless)/,
} as const

/** The headers that make memory be shared, where something was asked for that shares it. */
export async function checkIsolation(
  { blocks, storage }: DatabaseSettings,
  error: DataSyncError | undefined,
): Promise<readonly DoctorFinding[]> {
  const isAsked = (blocks.bridge === 'sab' && storage !== 'memory') || error?.code === 'mirror-full'
  if (!isAsked || globalThis.crossOriginIsolated) return []
  const missing = await findMissing()
  const lines = missing.map((name) => `${name}: ${name.includes('Opener') ? 'same-origin' : 'require-corp'}`)
  return [
    toFinding(error === undefined ? 'warning' : 'error', {
      code: 'not-isolated',
      sentence: 'The page is not isolated from others, so that it may not share memory with its workers.',
      remedy:
        lines.length > 0
          ? `Send with the page: ${lines.join(', and ')}.`
          : 'Both headers are sent; let the page be the outermost one, by HTTPS or from localhost, or its frame have `allow="cross-origin-isolated"`.',
    }),
  ]
}

/** As the server sends the page now; both, where that cannot be asked. */
async function findMissing(): Promise<readonly string[]> {
  const response = await within(PATIENCE, fetch(location.href, { method: 'HEAD' }))
  return Object.entries(ISOLATING)
    .filter(([name, value]) => !value.test(response?.headers.get(name) ?? ''))
    .map(([name]) => name)
}
