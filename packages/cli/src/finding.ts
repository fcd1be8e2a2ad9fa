/** Something that is wrong with a project, or may become so. */
export interface Finding {
  readonly code: FindingCode
  /** Only an `'error'` makes the exit code 1. */
  readonly severity: 'error' | 'warning'
  readonly sentence: string
  readonly remedy: string
  /** Writes what is missing. Only where it is certain what that is. */
  readonly fix?: () => Promise<void>
}

/** Stable: never renamed, nor used for something else. */
export type FindingCode =
  | 'angular-assets'
  | 'browsers-too-old'
  | 'bundler-too-old'
  | 'engine-missing'
  | 'esbuild-copy'
  | 'framework-version'
  | 'module-resolution'
  | 'target-too-old'
  | 'two-engines'
  | 'typescript-too-old'
  | 'versions-differ'
  | 'vite-optimizer'
