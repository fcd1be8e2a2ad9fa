import { expectSilentConsole } from '@datasync/conformance'
import type { Database } from '@datasync/engine'
import {
  act,
  cleanup,
  configure,
  render,
  renderHook,
  type RenderOptions,
  type RenderResult,
} from '@testing-library/react'
import { useEffect, type ReactNode } from 'react'
import { onTestFinished } from 'vitest'
import { DatabaseProvider } from '../../src/index.ts'

configure({ asyncUtilTimeout: 10_000 })

expectSilentConsole(cleanup)

export function renderWith(db: Database, element: ReactNode, options: RenderOptions = {}): RenderResult {
  return render(element, { wrapper: providerOf(db), ...options })
}

export interface WatchedRender {
  /** Every text that was on screen, one commit after another. */
  readonly texts: readonly string[]
  readonly rerender: (element: ReactNode) => Promise<void>
  readonly unmount: () => void
}

/** For what suspends: React loses track of a tree that suspends in an `act` that is not awaited. */
export async function renderWatched(
  db: Database,
  element: ReactNode,
  options: RenderOptions = {},
): Promise<WatchedRender> {
  const { container = document.body.appendChild(document.createElement('div')) } = options
  const texts: string[] = []
  const observer = new MutationObserver(() => {
    // React hides with a style what it may show again.
    if (container.innerText !== texts.at(-1)) texts.push(container.innerText)
  })
  // Of what a server has drawn, hydration changes nothing.
  if (container.innerText !== '') texts.push(container.innerText)
  observer.observe(container, { subtree: true, childList: true, characterData: true, attributes: true })
  onTestFinished(() => observer.disconnect())
  const { rerender, unmount } = await act(async () => renderWith(db, element, { ...options, container }))
  return { texts, rerender: (next) => act(async () => rerender(next)), unmount }
}

/** What a hook showed, commit after commit: what React rendered and then threw away is not in it. */
export interface ShownHook<Props, Result> {
  readonly shown: readonly Result[]
  readonly current: () => Result
  readonly rerender: (props: Props) => void
  readonly unmount: () => void
}

export function renderWithHook<Props, Result>(
  db: Database,
  useResult: (props: Props) => Result,
  initialProps: Props,
  options: { readonly reactStrictMode?: boolean } = {},
): ShownHook<Props, Result> {
  const shown: Result[] = []
  const { result, rerender, unmount } = renderHook(
    (props: Props) => {
      const current = useResult(props)
      useEffect(() => {
        shown.push(current)
      })
      return current
    },
    { wrapper: providerOf(db), initialProps, ...options },
  )
  return { shown, current: () => result.current, rerender, unmount }
}

function providerOf(db: Database): (props: { readonly children: ReactNode }) => ReactNode {
  return function Provider({ children }) {
    return <DatabaseProvider database={db}>{children}</DatabaseProvider>
  }
}
