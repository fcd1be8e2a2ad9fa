import type { RenderOnServer } from '@datasync/conformance'

declare global {
  var renderTodos: RenderOnServer | undefined
}

// This module is evaluated anew for each call. A server has its components once: Angular numbers their
// templates when it first meets them, and a page compares the numbers.
globalThis.renderTodos ??= (await import('./server-app.ts')).renderTodos

export const renderOnServer: RenderOnServer = globalThis.renderTodos
