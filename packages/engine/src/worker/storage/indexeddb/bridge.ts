import type { Bridge, BridgeChoice } from '../../../link/protocol.ts'
import { DataSyncError } from '../../../errors.ts'

/** How SQLite, which cannot wait, reaches storage that makes it wait; and why so. */
export interface ChosenBridge {
  readonly bridge: Bridge
  readonly reason: string
}

/**
 * The bridge that was asked for, or the best that works here: `sab` before `jspi`, because it leaves
 * the thread of the engine free of the work of IndexedDB; `mirror` last, since it takes the most memory.
 *
 * @throws DataSyncError `isolation-required` or `bridge-unavailable`
 */
export function chooseBridge(choice: BridgeChoice): ChosenBridge {
  if (choice === 'mirror') return { bridge: 'mirror', reason: 'The mirror was asked for.' }
  if (choice === 'sab') {
    if (!isIsolated()) throw isolationError()
    return { bridge: 'sab', reason: 'Shared memory was asked for.' }
  }
  if (choice === 'jspi') {
    if (hasPromiseIntegration()) return { bridge: 'jspi', reason: 'JSPI was asked for.' }
    throw new DataSyncError('bridge-unavailable', 'This browser cannot suspend WebAssembly (JSPI).')
  }
  if (isIsolated()) return { bridge: 'sab', reason: 'The page is isolated, so that memory can be shared.' }
  if (hasPromiseIntegration()) {
    return { bridge: 'jspi', reason: 'The page is not isolated, and this browser can suspend WebAssembly.' }
  }
  return {
    bridge: 'mirror',
    reason: 'The page is not isolated, and this browser cannot suspend WebAssembly: all is kept in memory.',
  }
}

/** SharedArrayBuffer is not even to be mentioned where this is false. */
function isIsolated(): boolean {
  return globalThis.crossOriginIsolated === true && typeof Atomics.wait === 'function'
}

function hasPromiseIntegration(): boolean {
  return 'Suspending' in WebAssembly && 'promising' in WebAssembly
}

function isolationError(): DataSyncError {
  return new DataSyncError(
    'isolation-required',
    `The bridge "sab" shares memory between workers, for which the page must be isolated. Send with the page:

  Cross-Origin-Opener-Policy: same-origin
  Cross-Origin-Embedder-Policy: require-corp

Vite:    server: { headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' } }
Next:    headers: async () => [{ source: '/(.*)', headers: [{ key: 'Cross-Origin-Opener-Policy', value: 'same-origin' }, { key: 'Cross-Origin-Embedder-Policy', value: 'require-corp' }] }]
nginx:   add_header Cross-Origin-Opener-Policy same-origin always; add_header Cross-Origin-Embedder-Policy require-corp always;
Netlify: [[headers]] for = "/*" [headers.values] Cross-Origin-Opener-Policy = "same-origin" Cross-Origin-Embedder-Policy = "require-corp"`,
  )
}
