import type { Diagnosis } from './finding.ts'
import { probeWorker, type ProbedWorker } from './probe-worker.ts'
import { recordWorker, type WorkerCall } from './record-worker.ts'
import { watchRefusals } from './refusals.ts'
import { servedAs } from './served-file.ts'
import { describeServed, notFound } from './describe-served.ts'

/** Milliseconds: what is found out is told before the handshake ends. */
const PATIENCE = 1500

const WORKER_DIRECTIVES = ['worker-src', 'child-src', 'script-src', 'script-src-elem', 'default-src']

/** Why the worker that `start` makes does not start. Undefined where that cannot be told, or where it does start now. */
export async function examineWorker(start: () => Worker): Promise<Diagnosis | undefined> {
  const call = recordWorker(start)
  if (call === undefined) return undefined
  const { url } = call
  const { protocol, origin } = new URL(url)
  if (protocol.startsWith('http') && origin !== location.origin) return describeOtherOrigin(url)
  const refusals = watchRefusals(document)
  try {
    const [probed, fetched] = await Promise.all([probeWorker(call, PATIENCE), fetchScript(url)])
    if (probed.kind === 'spoke') return undefined
    const refusing = refusals.of(WORKER_DIRECTIVES)
    if (refusing !== undefined) return describeRefusal(url, refusing)
    // Where the page may not fetch it, nothing can be told of how it is served.
    const isUnknown = refusals.of(['connect-src']) !== undefined
    return (isUnknown ? undefined : describeFetched(url, fetched)) ?? describeProbed(call, probed)
  } finally {
    refusals.stop()
  }
}

interface FetchedScript {
  readonly response: Response
  readonly start: number | undefined
}

async function fetchScript(url: string): Promise<FetchedScript | string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) })
    const reader = response.body?.getReader()
    const first = await reader?.read()
    await reader?.cancel()
    return { response, start: first?.value?.[0] }
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  }
}

function describeFetched(url: string, fetched: FetchedScript | string): Diagnosis | undefined {
  if (typeof fetched === 'string') return notFound('worker', url, `it cannot be fetched (${fetched})`)
  const { response, start } = fetched
  const fault = describeServed('worker', { ...servedAs(response), url }, start)
  if (fault !== undefined || !globalThis.crossOriginIsolated) return fault
  if (response.headers.has('cross-origin-embedder-policy')) return undefined
  return {
    code: 'worker-not-isolated',
    sentence: `The page is isolated, and the worker's script at ${url} is served without the header that an isolated page asks of its workers.`,
    remedy:
      'Have the server send the script, too, with the header `Cross-Origin-Embedder-Policy: require-corp`.',
  }
}

function describeProbed({ url }: WorkerCall, probed: ProbedWorker): Diagnosis | undefined {
  if (probed.kind === 'spoke') return undefined
  if (probed.kind === 'silent') {
    return {
      code: 'worker-silent',
      sentence: `The worker's script at ${url} runs, but does not say that it is the engine.`,
      remedy:
        'Have that address serve the file worker.js of @datasync/engine, of the version that the page has.',
    }
  }
  const reason = probed.message === '' ? 'the browser does not say why' : probed.message
  return {
    code: 'worker-broken',
    sentence: `The worker's script at ${url} fails as it starts: ${reason}.`,
    remedy: 'See the console for more. Serve worker.js as it is in node_modules/@datasync/engine/dist.',
  }
}

function describeOtherOrigin(url: string): Diagnosis {
  return {
    code: 'worker-other-origin',
    sentence: `The worker's script at ${url} is of another origin than the page, from which browsers start no workers.`,
    remedy: `Serve worker.js and sqlite3.wasm from ${location.origin}, and pass \`worker: () => new Worker('/worker.js', { type: 'module' })\` to createDatabase().`,
  }
}

function describeRefusal(url: string, directive: string): Diagnosis {
  return {
    code: 'worker-blocked',
    sentence: `The Content Security Policy of the page (${directive}) refuses the worker's script at ${url}.`,
    remedy: "Add `worker-src 'self'` to the header Content-Security-Policy.",
  }
}
