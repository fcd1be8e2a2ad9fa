import type { DatabaseStatus } from '../database-reports.ts'
import type { DatabaseSettings } from '../database/database-options.ts'
import type { EngineLink } from '../link/engine-link.ts'
import type { Readable } from '../live/snapshot.ts'
import { checkBrowser } from './check-browser.ts'
import { checkEngines, countEngines } from './check-engines.ts'
import { checkIsolation } from './check-isolation.ts'
import { checkOpening } from './check-opening.ts'
import { checkRoom, readRoom } from './check-room.ts'
import { checkStorage } from './check-storage.ts'
import { type DoctorFinding, toFinding } from './finding.ts'
import type { DoctorReport } from './report.ts'
import type { ServedFile } from './served-file.ts'
import { describeSlowWasm } from './describe-served.ts'
import { within } from './within.ts'

/** Milliseconds that the engine may take to say how it is: less than anybody who watches would wait. */
const PATIENCE = 10_000

/** The database that is looked at. */
export interface Patient {
  readonly settings: DatabaseSettings
  readonly link: EngineLink
  readonly status: { readonly readable: Readable<DatabaseStatus> }
}

/** Opens the database, unless it is, and tells what is wrong with it and around it. Never rejected. */
export async function examineDatabase({ settings, link, status }: Patient): Promise<DoctorReport> {
  const opened = await within(PATIENCE, link.open())
  const { storage, error } = status.readable.getSnapshot()
  const wasm = opened?.ok === true ? await askForWasm(link) : undefined
  const room = await readRoom()
  const findings = [
    ...checkOpening(opened, error),
    ...checkWasm(wasm),
    ...checkEngines(),
    ...(isPage()
      ? [
          ...checkBrowser(),
          ...(await checkIsolation(settings, error)),
          ...(await checkStorage(settings)),
          ...(await checkRoom(room, storage)),
        ]
      : []),
  ]
  return Object.freeze({
    isHealthy: !findings.some(({ severity }) => severity === 'error'),
    findings: Object.freeze(
      findings.toSorted((a, b) => rank(a) - rank(b)).map((each) => Object.freeze(each)),
    ),
    facts: Object.freeze({
      userAgent: globalThis.navigator?.userAgent ?? '',
      isSecureContext: globalThis.isSecureContext === true,
      isIsolated: globalThis.crossOriginIsolated === true,
      engines: countEngines(),
      storage,
      ...room,
      wasm,
    }),
  })
}

async function askForWasm(link: EngineLink): Promise<ServedFile | undefined> {
  const answer = await within(PATIENCE, link.request('examine', null))
  return answer?.ok === true ? answer.value : undefined
}

function checkWasm(wasm: ServedFile | undefined): readonly DoctorFinding[] {
  const diagnosis = wasm && describeSlowWasm(wasm)
  return diagnosis === undefined ? [] : [toFinding('warning', diagnosis)]
}

function rank({ severity }: DoctorFinding): number {
  return ['error', 'warning', 'note'].indexOf(severity)
}

/** Tests have databases in Node. */
function isPage(): boolean {
  return typeof document === 'object'
}
