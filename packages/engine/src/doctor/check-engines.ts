import { ENGINES, REGISTRY_PREFIX } from '../database-registry.ts'
import { type DoctorFinding, toFinding } from './finding.ts'

/** Copies of this package on the page that have made a database. */
export function countEngines(): number {
  return (globalThis as { [ENGINES]?: ReadonlySet<unknown> })[ENGINES]?.size ?? 0
}

/** Several copies cost what they weigh; of several versions, one may shut the other out. */
export function checkEngines(): readonly DoctorFinding[] {
  const engines = countEngines()
  if (engines <= 1) return []
  const protocols = Object.getOwnPropertySymbols(globalThis).filter((symbol) =>
    Symbol.keyFor(symbol)?.startsWith(REGISTRY_PREFIX),
  ).length
  const versions = protocols > 1 ? `, which speak ${protocols} versions of the protocol` : ''
  return [
    toFinding(protocols > 1 ? 'error' : 'warning', {
      code: 'two-engines',
      sentence: `${engines} copies of @datasync/engine are on this page${versions}. An error of one is no DataSyncError of the other.`,
      remedy:
        "Have one version installed: `npm ls @datasync/engine` shows who brings which, `npm dedupe` may do. If there is one, have the bundler resolve it once (Vite: `resolve: { dedupe: ['@datasync/engine'] }`).",
    }),
  ]
}
