import type { RepairReport, SalvageReport, VerifyExtent, VerifyReport } from '../link/damage-report.ts'
import type { EngineLink } from '../link/engine-link.ts'
import { DataSyncError } from '../errors.ts'
import { abortedAnswer } from '../link/abort.ts'
import { SQLITE_TYPE } from './export-database.ts'
import { valueOf } from '../link/value-of.ts'

/** Also of a database that cannot be opened for its damage. */
export async function verifyDatabase(
  link: EngineLink,
  extent: VerifyExtent,
  signal: AbortSignal | undefined,
): Promise<VerifyReport> {
  const checked = checkExtent(extent)
  if (signal?.aborted === true) return valueOf<never>(abortedAnswer(signal))
  return valueOf(await link.look((ask) => ask('verify', checked, signal)))
}

/** What was understood, and nothing else that may be in it. */
function checkExtent(extent: unknown): VerifyExtent {
  if (typeof extent === 'object' && extent !== null) {
    if ('full' in extent && extent.full === true) return { full: true }
    if ('sample' in extent && isCount(extent.sample)) return { sample: extent.sample }
  }
  throw new DataSyncError('invalid-argument', 'verify() takes { full: true } or { sample: <a number> }.')
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0
}

export async function repairDatabase(
  link: EngineLink,
  signal: AbortSignal | undefined,
): Promise<RepairReport> {
  return valueOf(await link.request('repair', null, { signal }))
}

/** Also of a database that cannot be opened for its damage. */
export async function salvageDatabase(
  link: EngineLink,
  signal: AbortSignal | undefined,
): Promise<{ readonly file: Blob; readonly report: SalvageReport }> {
  if (signal?.aborted === true) return valueOf<never>(abortedAnswer(signal))
  const parts: BlobPart[] = []
  const report = await link.look(async (ask) => {
    const salvaged = await ask('salvage', null, signal)
    if (!salvaged.ok) return salvaged
    try {
      for (let isDone = false; !isDone;) {
        const next = await ask('salvageNext', null, signal)
        if (!next.ok) return next
        parts.push(next.value.bytes)
        isDone = next.value.done
      }
    } finally {
      await ask('salvageEnd', null, undefined)
    }
    return salvaged
  })
  return { report: valueOf(report), file: new Blob(parts, { type: SQLITE_TYPE }) }
}
