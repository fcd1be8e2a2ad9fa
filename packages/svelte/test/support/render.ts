import { expectSilentConsole } from '@datasync/conformance'
import type { Database } from '@datasync/engine'
import { cleanup, configure, render } from '@testing-library/svelte'
import { hydrate, unmount as unmountComponent, type Component } from 'svelte'
import { onTestFinished } from 'vitest'
import Probe from './probe.svelte'
import { provided } from './provided.ts'
import Provider from './provider.svelte'

configure({ asyncUtilTimeout: 10_000 })

expectSilentConsole(cleanup)

export interface RenderedComponent<Props> {
  readonly setProps: (props: Props) => Promise<void>
  readonly unmount: () => void
}

export function renderWith<Props extends Record<string, unknown>>(
  database: Database | undefined,
  component: Component<Props>,
  props: NoInfer<Props>,
): RenderedComponent<Props> {
  const { rerender, unmount } = render(Provider, { props: provided(database, component, props) })
  return { setProps: (next) => rerender({ innerProps: next }), unmount }
}

/** Takes over what a server rendered into `target`. */
export function hydrateWith<Props extends Record<string, unknown>>(
  database: Database,
  component: Component<Props>,
  props: NoInfer<Props>,
  target: Element,
): void {
  const hydrated = hydrate(Provider, { target, props: provided(database, component, props) })
  onTestFinished(() => unmountComponent(hydrated))
}

export interface RenderedProbe<Value> {
  readonly value: Value
  readonly setVisible: (isVisible: boolean) => Promise<void>
  readonly unmount: () => void
}

/** A component that makes something as it is set up, and shows a text of it while it is visible. */
export function renderProbe<Value>(
  database: Database | undefined,
  setup: () => Value,
  text: (value: Value) => unknown = () => '',
): RenderedProbe<Value> {
  let value: Value | undefined
  const props = {
    setup: () => {
      value = setup()
      return value
    },
    text: (made: unknown) => text(made as Value),
  }
  const { setProps, unmount } = renderWith(database, Probe, { ...props, isVisible: true })
  return { value: value as Value, setVisible: (isVisible) => setProps({ ...props, isVisible }), unmount }
}
