import type { DehydratedState } from '@datasync/engine/hydration'
import { commands } from 'vitest/browser'
import type { QueryProps } from './driver.ts'

declare module 'vitest/browser' {
  interface BrowserCommands {
    /** Renders the component of a driver in Node, with the `renderOnServer` of the module. */
    renderOnServer: (module: string, props: QueryProps, state?: DehydratedState) => Promise<string>
  }
}

/** Puts on the page what a server makes of the component of a driver. */
export async function renderOnServer(
  module: string,
  props: QueryProps,
  state?: DehydratedState,
): Promise<Element> {
  const container = document.createElement('div')
  container.innerHTML = await commands.renderOnServer(module, props, state)
  document.body.append(container)
  return container
}
