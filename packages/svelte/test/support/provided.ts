import type { Database } from '@datasync/engine'
import type { Component } from 'svelte'

/** The props of the provider: what it provides, and the one component below it. */
export interface Provided {
  readonly database: Database | undefined
  readonly component: Component<Record<string, unknown>>
  readonly innerProps: Record<string, unknown>
}

/** The same, checked: a component of which only here is known which props it takes. */
export function provided<Props extends Record<string, unknown>>(
  database: Database | undefined,
  component: Component<Props>,
  innerProps: NoInfer<Props>,
): Provided {
  return { database, component: component as unknown as Provided['component'], innerProps }
}
