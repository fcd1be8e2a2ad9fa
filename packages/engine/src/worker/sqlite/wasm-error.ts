import type { Diagnosis } from '../../doctor/finding.ts'
import type { Refusals } from '../../doctor/refusals.ts'
import { describeServed, notFound } from '../../doctor/describe-served.ts'
import { DataSyncError } from '../../errors.ts'
import { wasmArrival } from './wasm-arrival.ts'

/** Why SQLite could not be loaded: the error itself, where it is not for how its file is served, or forbidden. */
export function toWasmError(error: unknown, wasmUrl: string | undefined, refusals: Refusals): unknown {
  const diagnosis = diagnose(error, wasmUrl, refusals)
  if (diagnosis === undefined) return error
  const { code: finding, sentence, remedy } = diagnosis
  return new DataSyncError('worker-failed', sentence, { finding, remedy }, error)
}

function diagnose(error: unknown, wasmUrl: string | undefined, refusals: Refusals): Diagnosis | undefined {
  const arrival = wasmArrival()
  if (arrival === undefined) {
    if (typeof WorkerGlobalScope === 'undefined') return undefined
    if (refusals.of(['connect-src', 'default-src']) !== undefined) return describeRefusedFetch()
    return notFound('wasm', wasmUrl ?? 'beside the script of the worker', 'it cannot be fetched')
  }
  if (POLICY.test(String(error))) return describeRefusedWasm()
  return describeServed('wasm', arrival) ?? describeBroken(arrival.url, error)
}

/** As the browsers say it: "violates the following Content Security Policy directive", "call to WebAssembly.instantiate() blocked by CSP". */
const POLICY = /unsafe-eval|Content Security Policy|blocked by CSP/

function describeRefusedWasm(): Diagnosis {
  return {
    code: 'wasm-blocked',
    sentence: 'The Content Security Policy does not allow WebAssembly.',
    remedy:
      "Add 'wasm-unsafe-eval' to `script-src` in the header Content-Security-Policy: of the page, and of worker.js if that has one of its own.",
  }
}

function describeRefusedFetch(): Diagnosis {
  return {
    code: 'wasm-blocked',
    sentence:
      "The Content Security Policy (connect-src) does not allow SQLite's WebAssembly file to be fetched.",
    remedy: "Add `connect-src 'self'` to the header Content-Security-Policy.",
  }
}

function describeBroken(url: string, error: unknown): Diagnosis | undefined {
  // Anything else, such as too little memory, is no matter of the file.
  if (!/CompileError|LinkError|expected magic word|doesn't start with/.test(String(error))) return undefined
  return {
    code: 'wasm-wrong-type',
    sentence: `What is served at ${url} is not the WebAssembly file of this engine.`,
    remedy:
      'Serve sqlite3.wasm as it is in node_modules/@datasync/engine/dist, of the version that the page has.',
  }
}
