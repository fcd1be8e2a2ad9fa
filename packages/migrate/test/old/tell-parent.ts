import type { FrameMessage } from './open-frame.ts'

/** What the page that has opened this one asks for. */
export function readParameters<Parameters>(): Parameters {
  return JSON.parse(window.name) as Parameters
}

export function tellParent(message: FrameMessage): void {
  parent.postMessage(message)
}

export function tellFailure(error: unknown): void {
  tellParent({ kind: 'failed', error: String(error) })
}
