/** How a worker is asked for. */
export interface WorkerCall {
  readonly url: string
  readonly type: WorkerType
}

/**
 * What `start` asks the browser for, without a worker being started. Bundlers write the address into the expression that
 * starts the worker and nowhere else. Undefined if it starts none, or something of its own.
 */
export function recordWorker(start: () => Worker): WorkerCall | undefined {
  if (typeof Worker === 'undefined') return undefined
  const { Worker: original } = globalThis
  let call: WorkerCall | undefined
  class Recorder extends EventTarget {
    constructor(url: string | URL, options?: WorkerOptions) {
      super()
      call ??= { url: new URL(url, document.baseURI).href, type: options?.type ?? 'classic' }
    }
    postMessage(): void {}
    terminate(): void {}
  }
  try {
    globalThis.Worker = Recorder as unknown as typeof Worker
    start().terminate()
  } catch {
    // What it throws was told when it was called in earnest.
  } finally {
    globalThis.Worker = original
  }
  return call
}
