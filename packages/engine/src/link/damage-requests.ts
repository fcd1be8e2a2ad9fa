import type { RepairReport, SalvageReport, VerifyExtent, VerifyReport } from './damage-report.ts'

/** Requests about damage. All but `repair` are answered also where the database could not be opened. */
export interface DamageRequestTypes {
  verify: { payload: VerifyExtent; reply: VerifyReport }
  repair: { payload: null; reply: RepairReport }
  /** Makes a file of what can be read, which `salvageNext` reads and `salvageEnd` drops. */
  salvage: { payload: null; reply: SalvageReport }
  salvageNext: {
    payload: null
    reply: { readonly bytes: Uint8Array<ArrayBuffer>; readonly done: boolean }
  }
  salvageEnd: { payload: null; reply: null }
}
