/** What can be found. A code is stable: it is never renamed, nor used for something else. */
export type FindingCode =
  | 'insecure-context'
  | 'not-isolated'
  | 'not-open'
  | 'not-persisted'
  | 'old-browser'
  | 'opfs-refused'
  | 'quota-nearly-full'
  | 'still-opening'
  | 'storage-blocked'
  | 'two-engines'
  | 'wasm-blocked'
  | 'wasm-not-found'
  | 'wasm-wrong-type'
  | 'worker-blocked'
  | 'worker-broken'
  | 'worker-not-found'
  | 'worker-not-isolated'
  | 'worker-other-origin'
  | 'worker-silent'
  | 'worker-wrong-type'

/** What is wrong, and what to do about it. */
export interface Diagnosis {
  readonly code: FindingCode
  /** What is so. */
  readonly sentence: string
  /** What to do, to the letter where that can be known. */
  readonly remedy: string
}

/** One thing that `db.doctor()` has found. */
export interface DoctorFinding extends Diagnosis {
  /**
   * `'error'`: the database does not work for this. `'warning'`: it works, though less well than it could, or not for
   * long. `'note'`: worth knowing.
   */
  readonly severity: 'error' | 'warning' | 'note'
  /** The page that explains it, relative to the repository. */
  readonly docs: string
}

export function toFinding(severity: DoctorFinding['severity'], diagnosis: Diagnosis): DoctorFinding {
  return { ...diagnosis, severity, docs: `docs/guide/troubleshooting.md#${diagnosis.code}` }
}
