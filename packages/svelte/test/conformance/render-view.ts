import type { QueryProps } from '@datasync/conformance'
import { createDatabase } from '@datasync/engine'
import { hydrate, type DehydratedState } from '@datasync/engine/hydration'
import type { Component } from 'svelte'
import { render } from 'svelte/server'
import { provided } from '../support/provided.ts'
import Provider from '../support/provider.svelte'
import TodoApp from './todo-app.svelte'
import type { TodoAppProps } from './todo-app-props.ts'

export async function renderView(
  view: Component<TodoAppProps>,
  asked: QueryProps,
  state?: DehydratedState,
): Promise<string> {
  const db = createDatabase('server')
  const { body } = await render(Provider, {
    props: provided(state ? hydrate(db, state) : db, TodoApp, { view, asked }),
  })
  return body
}
