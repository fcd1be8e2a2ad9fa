import type { Diagnosis } from './finding.ts'
import type { ServedFile } from './served-file.ts'

type FileKind = 'worker' | 'wasm'

const NAMES: Readonly<Record<FileKind, string>> = {
  worker: "The worker's script",
  wasm: "SQLite's WebAssembly file",
}

const PLACES =
  'Bundlers bring worker.js and sqlite3.wasm along with @datasync/engine. For those that do not, copy both from node_modules/@datasync/engine/dist to where your program is served; `npx @datasync/cli doctor` says which line of configuration does that.'

const VITE =
  "Add `optimizeDeps: { exclude: ['@datasync/engine'] }` to the configuration of Vite, and start it again."

/** What is wrong with how a file was served, if anything is. `start` is its first byte, where that is known. */
export function describeServed(kind: FileKind, file: ServedFile, start?: number): Diagnosis | undefined {
  const { url, status, type } = file
  if (status >= 400) return notFound(kind, url, `the server answered with ${status}`)
  if (type === 'text/html' || start === LESS_THAN) {
    return {
      code: `${kind}-wrong-type`,
      sentence: `${NAMES[kind]} is not at ${url}: the server answered with a page of HTML, as many do for what they do not have.`,
      remedy: whereToPut(url),
    }
  }
  if (kind === 'worker' && !JAVASCRIPT.test(type)) {
    const served = type === '' ? 'without a media type' : `as ${type}`
    return {
      code: 'worker-wrong-type',
      sentence: `${NAMES.worker} at ${url} is served ${served}, which browsers refuse to run.`,
      remedy: 'Have the server send it with the header `Content-Type: text/javascript`.',
    }
  }
  return undefined
}

/** A file that could not be had. */
export function notFound(kind: FileKind, url: string, reason: string): Diagnosis {
  return {
    code: `${kind}-not-found`,
    sentence: `${NAMES[kind]} could not be loaded from ${url}: ${reason}.`,
    remedy: whereToPut(url),
  }
}

/** A WebAssembly file that works, but is compiled only when all of it has arrived. */
export function describeSlowWasm({ url, type }: ServedFile): Diagnosis | undefined {
  if (type === 'application/wasm') return undefined
  const served = type === '' ? 'without a media type' : `as ${type}`
  return {
    code: 'wasm-wrong-type',
    sentence: `${NAMES.wasm} at ${url} is served ${served}, so that the browser compiles it only after all of it has arrived.`,
    remedy: 'Have the server send it with the header `Content-Type: application/wasm`.',
  }
}

const LESS_THAN = 0x3c
const JAVASCRIPT = /^(?:application|text)\/(?:x-)?(?:java|ecma)script$/

/** Vite 7 and older look for the worker beside what they have bundled beforehand, where it is not. */
function whereToPut(url: string): string {
  return url.includes('/.vite/deps') ? VITE : PLACES
}
